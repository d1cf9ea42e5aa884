// Takes parties out of sight whose relationships are not gone yet: they are no parties any more.
//
// $ids        which
// $operation  the operation that deletes them
// count       how many there were

UNWIND $ids AS id
MATCH (party:Party {id: id})
SET party.deleted_labels = labels(party), party.deleted_by = $operation, party._lock = NULL
REMOVE party:$(party.deleted_labels)
SET party:Deleted
RETURN count(*) AS count
