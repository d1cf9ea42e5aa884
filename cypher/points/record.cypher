// Writes an entry into a locked customer's ledger, and the balance that it leaves; the customer's version stays.
//
// $customer  the customer
// $entry     the entry's properties
// $at        when
// $by        who

MATCH (party:Party {id: $customer})
CREATE (entry:PointsEntry {created_at: $at, created_by: $by})
SET entry += $entry
WITH party, coalesce(party.points_types, []) AS types, coalesce(party.points_balances, []) AS balances
SET party.points_entries = $entry.place,
    party.points_types = [type IN types WHERE type <> $entry.type] + $entry.type,
    party.points_balances =
      [place IN range(0, size(types) - 1) WHERE types[place] <> $entry.type | balances[place]] + $entry.balance
FINISH
