// Notes that an operation has been undone.
//
// $id  which
// $by  the operation that did so

MATCH (operation:Operation {id: $id})
SET operation.restored_by = $by
