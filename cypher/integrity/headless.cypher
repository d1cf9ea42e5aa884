// Households with current members and no head.
//
// scans every household, each up to its head.
//
// $today   today
// $most    records of at most so many
// count    how many
// records  [id] each

MATCH (party:Household)
WHERE EXISTS {
  MATCH (party)<-[link:MEMBER_OF]-()
  WHERE coalesce(link.valid_from_day <= $today, TRUE) AND coalesce(link.valid_to_day > $today, TRUE)
} AND NOT EXISTS {
  MATCH (party)<-[link:MEMBER_OF]-()
  WHERE link.is_head AND coalesce(link.valid_from_day <= $today, TRUE) AND coalesce(link.valid_to_day > $today, TRUE)
}
RETURN count(*) AS count, collect([party.id])[..$most] AS records
