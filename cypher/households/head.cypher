// The head of a household, of whom there is one at a time.
//
// party   the household
// $as_of  as of this day, null: today
// $today  today
// head    he or she, as party

MATCH (party)<-[membership:MEMBER_OF]-(head)
WHERE membership.is_head
  AND coalesce(membership.valid_from_day <= coalesce($as_of, $today), TRUE)
  AND coalesce(membership.valid_to_day > coalesce($as_of, $today), TRUE)
RETURN head AS party
