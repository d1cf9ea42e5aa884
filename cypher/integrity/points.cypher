// Customers among some who have fewer points of a type than none, or not what their ledger adds up to.
//
// $ids     the customers, among other parties
// $most    records of at most so many
// count    how many
// records  [id] each

UNWIND $ids AS id
MATCH (party:Party {id: id})
WITH party, coalesce(party.points_types, []) AS types, coalesce(party.points_balances, []) AS balances
CALL (party) {
  MATCH (entry:PointsEntry {party: party.id})
  WHERE entry.place IS NOT NULL
  WITH entry.type AS type, sum(entry.amount) AS total, count(*) AS entries
  RETURN collect([type, total]) AS totals, sum(entries) AS entries
}
WITH party, totals, entries, balances, [place IN range(0, size(types) - 1) | [types[place], balances[place]]] AS held
WHERE any(balance IN balances WHERE balance < 0) OR size(held) <> size(totals) OR entries <> coalesce(party.points_entries, 0)
   OR any(one IN held WHERE NOT one IN totals)
RETURN count(*) AS count, collect([party.id])[..$most] AS records
