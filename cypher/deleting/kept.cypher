// What was kept of records when an operation deleted them, for bringing them back.
//
// $ids        which
// $operation  the operation that deleted them
// id          the record
// labels      what it was
// taken       of its values that must be unique the names of those that another has now
// alone       whether it was merged away, into a customer who is not there and was not deleted with it

UNWIND $ids AS id
MATCH (kept:Deleted {id: id})
WHERE kept.deleted_by = $operation
RETURN id, kept.deleted_labels AS labels, COLLECT {
  MATCH (other:Party {login: kept.login})
  WHERE 'Party' IN kept.deleted_labels
  RETURN 'login' AS name
UNION
  MATCH (other:Party {number: kept.number})
  WHERE 'Party' IN kept.deleted_labels
  RETURN 'number' AS name
UNION
  MATCH (other:RelationshipType {code: kept.code})
  WHERE 'RelationshipType' IN kept.deleted_labels
  RETURN 'code' AS name
UNION
  MATCH (other:Responsibility {code: kept.code})
  WHERE 'Responsibility' IN kept.deleted_labels
  RETURN 'code' AS name
UNION
  MATCH (other:Case {number: kept.number})
  WHERE 'Case' IN kept.deleted_labels
  RETURN 'number' AS name
} AS taken, coalesce(kept.status = 'MERGED', FALSE) AND NOT EXISTS {
  MATCH (kept)-[:MERGED_INTO]->(into)
  WHERE into:Party OR into.deleted_by = $operation
} AS alone
