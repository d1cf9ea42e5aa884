// Locks a relationship type, and reads it then.
//
// $id   its id
// type  its properties

MATCH (type:RelationshipType {id: $id})
SET type._lock = TRUE
RETURN properties(type) AS type
