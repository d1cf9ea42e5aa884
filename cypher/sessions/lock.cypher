// Locks a session, and reads it then.
//
// $id         which
// properties  its properties

MATCH (session:Session {id: $id})
SET session._lock = TRUE
RETURN properties(session) AS properties
