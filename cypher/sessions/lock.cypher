// Locks a session, and reads it then.
//
// What was deleted while it was waited for has no id any more.
//
// $id         which
// properties  its properties

MATCH (session:Session {id: $id})
SET session._lock = TRUE
WITH session
WHERE session.id IS NOT NULL
RETURN properties(session) AS properties
