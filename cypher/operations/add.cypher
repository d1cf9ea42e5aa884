// Adds changes to an operation that is written down already.
//
// $id       the operation
// $changes  rows of {party, record, old, new, other}, of which old and new are JSON text

UNWIND $changes AS change
CREATE (:Change {
  operation: $id, party: change.party, record: change.record, old: change.old, new: change.new, other: change.other
})
FINISH
