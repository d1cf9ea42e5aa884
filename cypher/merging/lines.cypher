// The ledger of a customer's points, in its order.
//
// $customer   the customer
// id          the entry
// type        the code of its points type
// amount      how many
// created_at  when
// place       its place
// balance     what it left

MATCH (entry:PointsEntry {party: $customer})
WHERE entry.place IS NOT NULL
RETURN entry.id AS id, entry.type AS type, entry.amount AS amount, entry.created_at AS created_at,
       entry.place AS place, entry.balance AS balance
ORDER BY place
