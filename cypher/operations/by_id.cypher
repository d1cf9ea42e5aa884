// The operation of this id.
//
// $id        its id
// operation  it

MATCH (operation:Operation {id: $id})
RETURN operation
