// How many open cases there are of a household's current members for whom it is the primary one.
//
// party   the household
// $today  today
// value   how many

RETURN COUNT {
  MATCH (party)<-[membership:MEMBER_OF]-(member)
  WHERE membership.is_primary
    AND coalesce(membership.valid_from_day <= $today, TRUE)
    AND coalesce(membership.valid_to_day > $today, TRUE)
  MATCH (this_case:Case {customer: member.id})
  WHERE this_case.id IS NOT NULL AND this_case.status = 'OPEN'
} AS value
