// The cases of a customer who is to be merged into another.
//
// $customer  the customer
// id         the case
// version    its version

MATCH (this_case:Case {customer: $customer})
WHERE this_case.id IS NOT NULL AND this_case.status IS NOT NULL
RETURN this_case.id AS id, this_case.version AS version
ORDER BY id
