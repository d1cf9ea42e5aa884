// Whose cases are.
//
// $ids      which
// id        one that there is
// customer  whose it is

UNWIND $ids AS id
MATCH (this_case:Case {id: id})
RETURN id, this_case.customer AS customer
