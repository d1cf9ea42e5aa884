// What a household's current members have together of each points type, by the type's code. Each counts in his or her
// primary household alone, so nothing counts twice. At most 2,147,483,647 are told, where a whole number of GraphQL ends.
//
// party        the household
// $today       today
// points_type  the type
// balance      how many points

MATCH (party)<-[membership:MEMBER_OF]-(member)
WHERE membership.is_primary AND seen(member)
  AND coalesce(membership.valid_from_day <= $today, TRUE) AND coalesce(membership.valid_to_day > $today, TRUE)
UNWIND range(0, coalesce(size(member.points_types), 0) - 1) AS place
WITH member.points_types[place] AS code, sum(member.points_balances[place]) AS balance
MATCH (points_type:PointsType {code: code})
RETURN points_type, CASE WHEN balance > 2147483647 THEN 2147483647 ELSE balance END AS balance
ORDER BY points_type.code
