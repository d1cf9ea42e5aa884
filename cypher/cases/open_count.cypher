// How many open cases there are of a household's current members for whom it is the primary one.
//
// party   the household
// $today  today
// value   how many
//
// Those that the viewer may view. Without the hint all open cases there are might be looked through for each member.

RETURN COUNT {
  MATCH (party)<-[membership:MEMBER_OF]-(member)
  WHERE membership.is_primary
    AND coalesce(membership.valid_from_day <= $today, TRUE)
    AND coalesce(membership.valid_to_day > $today, TRUE)
  MATCH (this_case:Case {customer: member.id, status: 'OPEN'}) USING INDEX this_case:Case(`customer`, `status`)
  WHERE case_viewed(this_case)
} AS value
