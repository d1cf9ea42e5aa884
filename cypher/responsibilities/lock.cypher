// Locks a responsibility, and reads it then.
//
// $id             its id
// responsibility  its properties

MATCH (responsibility:Responsibility {id: $id})
SET responsibility._lock = TRUE
RETURN properties(responsibility) AS responsibility
