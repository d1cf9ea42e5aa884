// Ends all sessions of a party that have not ended. The party is locked, if it is one: so none begins meanwhile.
//
// $party    whose
// $but      one that goes on, null: none
// $at       when
// $because  why
// id        one that went on until now

MATCH (session:Session {party: $party})
WHERE session.ended_at IS NULL AND ($but IS NULL OR session.id <> $but)
SET session.ended_at = $at, session.ended_because = $because
RETURN session.id AS id
