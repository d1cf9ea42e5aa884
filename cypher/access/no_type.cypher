// No relationship type: a partner app finds none by an id.
//
// type  the type

MATCH (type:RelationshipType {code: ''})
RETURN type
