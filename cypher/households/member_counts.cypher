// How many current members of each status a household has. Each counts in his or her primary household alone, so nobody
// counts twice.
//
// party   the household
// $today  today
// status  the status
// count   how many

MATCH (party)<-[membership:MEMBER_OF]-(member)
WHERE membership.is_primary AND seen(member)
  AND coalesce(membership.valid_from_day <= $today, TRUE) AND coalesce(membership.valid_to_day > $today, TRUE)
WITH member.status AS status, count(*) AS count
RETURN status, count
ORDER BY status
