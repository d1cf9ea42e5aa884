// The relationships of a party, as seen from it.
//
// party            whose they are
// $types           of these types, null: all
// $categories      of these categories, null: all
// $direction       OUTGOING or INCOMING, as seen from the party; null: both, and symmetric ones
// $responsibility  with this responsibility, null: any
// $kinds           far parties of these kinds, null: all
// $search          words that the far party is found by, null: any
// $order_by        TYPE, VALID_FROM or CREATED_AT
// $period          CURRENT, PAST, FUTURE or ALL
// $as_of           as of this day, null: today
// $today           today
// relationship     the edge
// near             the party
// far              the one at the other end

MATCH (party)-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-(far)
WHERE ($types IS NULL OR relationship.type IN $types)
  AND ($categories IS NULL OR relationship.category IN $categories)
  AND ($direction IS NULL OR NOT relationship.symmetric
                             AND ($direction = 'OUTGOING') = (startNode(relationship) = party))
  AND ($responsibility IS NULL OR relationship.responsibility = $responsibility)
  AND ($kinds IS NULL OR far.kind IN $kinds)
  AND ($search IS NULL OR seen(far) AND all(text IN [searchable(far)] WHERE all(word IN $search WHERE text CONTAINS word)))
  AND CASE $period
        WHEN 'ALL' THEN TRUE
        WHEN 'PAST' THEN relationship.valid_to_day <= coalesce($as_of, $today)
        WHEN 'FUTURE' THEN relationship.valid_from_day > coalesce($as_of, $today)
        ELSE coalesce(relationship.valid_from_day <= coalesce($as_of, $today), TRUE)
         AND coalesce(relationship.valid_to_day > coalesce($as_of, $today), TRUE)
      END
RETURN relationship, party AS near, far
ORDER BY CASE $order_by WHEN 'VALID_FROM' THEN ''
                        WHEN 'CREATED_AT' THEN format(relationship.created_at, "uuuu-MM-dd'T'HH:mm:ss.SSSSSS")
                        ELSE relationship.type END,
         CASE WHEN limited() THEN '' ELSE coalesce(toString(relationship.valid_from_day), '') END, relationship.id
