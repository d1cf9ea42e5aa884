// Sessions, passwords and resets of passwords of parties that are not there, and are not deleted either.
//
// scans these, and seeks the party of each.
//
// $administrator  who has sessions and is no party
// $most           records of at most so many
// count           how many
// records         [id of the session or the reset, the party of the password] each

CALL () {
  MATCH (session:Session)
  WHERE coalesce(session.party, '') <> $administrator
  RETURN session.id AS record, session.party AS party
  UNION ALL
  MATCH (password:Password)
  RETURN password.party AS record, password.party AS party
  UNION ALL
  MATCH (reset:PasswordReset)
  RETURN reset.id AS record, reset.consumer AS party
}
WITH record, party
WHERE NOT EXISTS { MATCH (:Party {id: party}) } AND NOT EXISTS { MATCH (:Deleted {id: party}) }
RETURN count(*) AS count, collect([record])[..$most] AS records
