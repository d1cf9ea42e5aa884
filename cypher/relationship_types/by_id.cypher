// The relationship type of this id.
//
// $id   its id
// type  the type

MATCH (type:RelationshipType {id: $id})
RETURN type
