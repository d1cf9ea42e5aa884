// The responsibilities of these ids.
//
// $ids            their ids
// responsibility  it

UNWIND $ids AS id
MATCH (responsibility:Responsibility {id: id})
RETURN responsibility
