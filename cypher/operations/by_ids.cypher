// The operations of these ids.
//
// $ids       their ids
// operation  it

UNWIND $ids AS id
MATCH (operation:Operation {id: id})
RETURN operation
