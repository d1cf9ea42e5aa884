// Notes that the tokens of a locked session were made anew.
//
// $id         which
// $refreshes  how often by now
// $at         when

MATCH (session:Session {id: $id})
SET session.refreshes = $refreshes, session.used_at = $at
