// Begins a session of a party, which is locked if it is one. Where it has too many, the oldest end.
//
// $session  its properties
// $most     how many may go on
// $because  why the oldest end

CREATE (session:Session)
SET session = $session
WITH session
MATCH (other:Session {party: session.party})
WHERE other.ended_at IS NULL
WITH session, other ORDER BY other.started_at DESC, other.id DESC SKIP $most
SET other.ended_at = session.started_at, other.ended_because = $because
