// Households and groups without current members.
//
// scans every household and group, each up to its first current member.
//
// $today   today
// $most    records of at most so many
// count    how many
// records  [id] each

MATCH (party:Household|Group)
WHERE NOT EXISTS {
  MATCH (party)<-[link:MEMBER_OF]-()
  WHERE coalesce(link.valid_from_day <= $today, TRUE) AND coalesce(link.valid_to_day > $today, TRUE)
}
RETURN count(*) AS count, collect([party.id])[..$most] AS records
