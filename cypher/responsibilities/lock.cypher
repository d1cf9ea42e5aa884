// Locks a responsibility, and reads it then.
//
// What was deleted while it was waited for has no id any more.
//
// $id             its id
// responsibility  its properties

MATCH (responsibility:Responsibility {id: $id})
SET responsibility._lock = TRUE
WITH responsibility
WHERE responsibility.id IS NOT NULL
RETURN properties(responsibility) AS responsibility
