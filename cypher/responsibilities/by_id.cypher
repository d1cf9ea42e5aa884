// The responsibility of this id.
//
// $id             its id
// responsibility  it

MATCH (responsibility:Responsibility {id: $id})
RETURN responsibility
