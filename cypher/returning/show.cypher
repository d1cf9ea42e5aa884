// Those of some parties whom an operation has taken out of sight are parties again.
//
// $ids        which
// $operation  the operation that deleted them
// id          one of them

UNWIND $ids AS id
MATCH (party:Deleted {id: id})
WHERE party.deleted_by = $operation
SET party:$(party.deleted_labels)
REMOVE party:Deleted, party.deleted_labels, party.deleted_by
RETURN id
