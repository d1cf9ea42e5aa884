// Ends a session, unless it has ended.
//
// $id       which
// $at       when
// $because  why
// id        it, if it goes on until now

MATCH (session:Session {id: $id})
SET session._lock = TRUE
WITH session
WHERE session.ended_at IS NULL
SET session.ended_at = $at, session.ended_because = $because
RETURN session.id AS id
