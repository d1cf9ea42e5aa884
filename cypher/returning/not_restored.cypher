// An operation has not been undone after all.
//
// $id  which

MATCH (operation:Operation {id: $id})
REMOVE operation.restored_by
FINISH
