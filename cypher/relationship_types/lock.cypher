// Locks a relationship type, and reads it then.
//
// What was deleted while it was waited for has no id any more.
//
// $id   its id
// type  its properties

MATCH (type:RelationshipType {id: $id})
SET type._lock = TRUE
WITH type
WHERE type.id IS NOT NULL
RETURN properties(type) AS type
