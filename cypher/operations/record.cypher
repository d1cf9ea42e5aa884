// Writes down an operation and what it changed, or more of what it changed: an import does so batch by batch.
//
// $id       the operation
// $kind     the mutation, or the command
// $by       who did it
// $at       when
// $answer   ids of what it made or changed, as it was answered
// $changes  rows of {party, record, old, new, other}, of which old and new are JSON text

MERGE (operation:Operation {id: $id})
SET operation.kind = $kind, operation.created_by = $by, operation.created_at = $at, operation.answer = $answer
WITH 1 AS one
UNWIND $changes AS change
CREATE (:Change {
  operation: $id, party: change.party, record: change.record, old: change.old, new: change.new, other: change.other
})
