// Deletes sessions that are over, so many at a time.
//
// $at     now
// $most   how many
// count   how many were deleted

CALL () {
  MATCH (session:Session)
  WHERE session.ended_at <= $at
  RETURN session
  UNION
  MATCH (session:Session)
  WHERE session.expires_at <= $at
  RETURN session
}
WITH session LIMIT $most
DELETE session
RETURN count(*) AS count
