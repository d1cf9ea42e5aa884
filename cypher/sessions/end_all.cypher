// Ends all sessions of a party that have not ended, which must be locked: so none begins meanwhile.
//
// $party    whose
// $but      one that goes on, null: none
// $at       when
// $because  why

MATCH (session:Session {party: $party})
WHERE session.ended_at IS NULL AND ($but IS NULL OR session.id <> $but)
SET session.ended_at = $at, session.ended_because = $because
