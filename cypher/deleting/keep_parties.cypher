// Takes records out of sight: each becomes a node that keeps all that was stored of it, with its external ids and
// whatever else leads to it or from it. A relationship of such a party, which should be gone by then, makes the COMMIT fail.
//
// $ids        which
// $operation  the operation that deletes them
// count       how many there were

UNWIND $ids AS id
MATCH (record:Party {id: id})
CREATE (kept:Deleted)
SET kept = properties(record), kept.deleted_labels = labels(record), kept.deleted_by = $operation, kept._lock = NULL
WITH record, kept
CALL (record, kept) {
  MATCH (record)-[tie]->(other)
  WHERE NOT type(tie) IN ['PARENT_OF', 'PARTNER_OF', 'OVERSEES', 'LINKED_TO', 'SERVES', 'REPRESENTS', 'MEMBER_OF']
  WITH kept, other, tie, type(tie) AS edge, properties(tie) AS held
  DELETE tie
  CREATE (kept)-[again:$(edge)]->(other)
  SET again = held
}
CALL (record, kept) {
  MATCH (record)<-[tie]-(other)
  WHERE NOT type(tie) IN ['PARENT_OF', 'PARTNER_OF', 'OVERSEES', 'LINKED_TO', 'SERVES', 'REPRESENTS', 'MEMBER_OF']
  WITH kept, other, tie, type(tie) AS edge, properties(tie) AS held
  DELETE tie
  CREATE (kept)<-[again:$(edge)]-(other)
  SET again = held
}
DELETE record
RETURN count(*) AS count
