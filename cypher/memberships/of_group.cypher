// The members of a household or group.
//
// party       the household or group
// $period     CURRENT, PAST, FUTURE or ALL
// $as_of      as of this day, null: today
// $today      today
// membership  the edge
// group       the household or group
// member      the customer

MATCH (party)<-[membership:MEMBER_OF]-(member)
WHERE CASE $period
        WHEN 'ALL' THEN TRUE
        WHEN 'PAST' THEN membership.valid_to_day <= coalesce($as_of, $today)
        WHEN 'FUTURE' THEN membership.valid_from_day > coalesce($as_of, $today)
        ELSE coalesce(membership.valid_from_day <= coalesce($as_of, $today), TRUE)
         AND coalesce(membership.valid_to_day > coalesce($as_of, $today), TRUE)
      END
RETURN membership, party AS group, member
ORDER BY CASE WHEN limited() THEN '' ELSE coalesce(toString(membership.valid_from_day), '') END, membership.id
