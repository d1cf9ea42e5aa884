// The partners of a consumer.
//
// party         whose they are
// $period       CURRENT, PAST, FUTURE or ALL
// $as_of        as of this day, null: today
// $today        today
// relationship  the edge
// near          the consumer
// far           the partner

MATCH (party)-[relationship:PARTNER_OF]-(far)
WHERE CASE $period
        WHEN 'ALL' THEN TRUE
        WHEN 'PAST' THEN relationship.valid_to_day <= coalesce($as_of, $today)
        WHEN 'FUTURE' THEN relationship.valid_from_day > coalesce($as_of, $today)
        ELSE coalesce(relationship.valid_from_day <= coalesce($as_of, $today), TRUE)
         AND coalesce(relationship.valid_to_day > coalesce($as_of, $today), TRUE)
      END
RETURN relationship, party AS near, far
ORDER BY CASE WHEN seen(far) THEN coalesce(toString(relationship.valid_from_day), '') ELSE '' END, relationship.id
