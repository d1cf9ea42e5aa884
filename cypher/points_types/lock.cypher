// Locks a points type, and reads it then.
//
// $id   its id
// type  its properties

MATCH (type:PointsType {id: $id})
SET type._lock = TRUE
RETURN properties(type) AS type
