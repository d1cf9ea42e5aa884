// Customers among some whose ledgers are not as adjustments leave them: entries in the places 1, 2, 3 and so on, each with
// the balance of its type that it left, none below zero; and with the customer the last balances, and how many entries.
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
  WITH entry ORDER BY entry.place
  WITH entry.type AS type, collect([entry.place, entry.amount, entry.balance]) AS lines
  WITH type, lines, all(at IN range(0, size(lines) - 1) WHERE lines[at][2] >= 0
         AND lines[at][2] = lines[at][1] + CASE at WHEN 0 THEN 0 ELSE lines[at - 1][2] END) AS adds_up
  RETURN collect([type, lines[-1][2]]) AS totals, sum(size(lines)) AS entries,
         coalesce(min(lines[0][0]), 1) AS first, coalesce(max(lines[-1][0]), 0) AS last,
         count(CASE WHEN coalesce(adds_up, FALSE) THEN NULL ELSE 1 END) AS wrong
}
WITH party, totals, entries, first, last, wrong, [place IN range(0, size(types) - 1) | [types[place], balances[place]]] AS held
WHERE wrong > 0 OR first < 1 OR last <> entries OR entries <> coalesce(party.points_entries, 0)
   OR size(held) <> size(totals) OR any(one IN held WHERE NOT one IN totals)
RETURN count(*) AS count, collect([party.id])[..$most] AS records
