// The places of a customer in groups.
//
// party       whose they are
// $period     CURRENT, PAST, FUTURE or ALL
// $as_of      as of this day, null: today
// $today      today
// membership  the edge
// group       the group
// member      the customer

MATCH (party)-[membership:MEMBER_OF]->(group:Group)
WHERE CASE $period
        WHEN 'ALL' THEN TRUE
        WHEN 'PAST' THEN membership.valid_to_day <= coalesce($as_of, $today)
        WHEN 'FUTURE' THEN membership.valid_from_day > coalesce($as_of, $today)
        ELSE coalesce(membership.valid_from_day <= coalesce($as_of, $today), TRUE)
         AND coalesce(membership.valid_to_day > coalesce($as_of, $today), TRUE)
      END
RETURN membership, group, party AS member
ORDER BY CASE WHEN seen(group) THEN coalesce(toString(membership.valid_from_day), '') ELSE '' END, membership.id
