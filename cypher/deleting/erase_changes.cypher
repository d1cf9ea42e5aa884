// Empties the changes that tell of some parties, in whosever history they stand, and those of some relationships.
//
// $parties        the parties
// $relationships  rows of {party, id}: the relationship, and one of its ends

CALL () {
  UNWIND $parties AS id
  MATCH (change:Change {party: id})
  WHERE change.operation IS NOT NULL
  RETURN change.operation AS operation, change.record AS record
UNION
  UNWIND $parties AS id
  MATCH (change:Change {other: id})
  RETURN change.operation AS operation, change.record AS record
UNION
  UNWIND $relationships AS row
  MATCH (change:Change {party: row.party})
  WHERE change.operation IS NOT NULL AND change.record = row.id
  RETURN change.operation AS operation, change.record AS record
}
MATCH (change:Change {operation: operation, record: record})
SET change.old = NULL, change.new = NULL
FINISH
