// Locks an operation: it is undone once.
//
// $id  which

MATCH (operation:Operation {id: $id})
SET operation._lock = TRUE
