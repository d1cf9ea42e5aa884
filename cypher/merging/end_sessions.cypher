// Ends all that a party is signed in by.
//
// $party  who
// $at     when

MATCH (session:Session {party: $party})
WHERE session.ended_at IS NULL
SET session.ended_at = $at
FINISH
