// Locks parties, in the order given.
//
// $ids  which, in order

UNWIND $ids AS id
MATCH (party:Party {id: id})
SET party._lock = TRUE
