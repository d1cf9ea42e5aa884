// Brings records back as they were when they were deleted, with their external ids and whatever else led to them.
//
// $ids        which
// $operation  the operation that deleted them
// count       how many there were

UNWIND $ids AS id
MATCH (kept:Deleted {id: id})
WHERE kept.deleted_by = $operation
CREATE (record:$(kept.deleted_labels))
SET record = properties(kept), record.deleted_labels = NULL, record.deleted_by = NULL
WITH record, kept
CALL (record, kept) {
  MATCH (kept)-[tie]->(other)
  WITH record, other, tie, type(tie) AS edge, properties(tie) AS held
  DELETE tie
  CREATE (record)-[again:$(edge)]->(other)
  SET again = held
}
CALL (record, kept) {
  MATCH (kept)<-[tie]-(other)
  WITH record, other, tie, type(tie) AS edge, properties(tie) AS held
  DELETE tie
  CREATE (record)<-[again:$(edge)]-(other)
  SET again = held
}
DELETE kept
RETURN count(*) AS count
