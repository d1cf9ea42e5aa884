// The relationships of a consumer for a partner app: ties of the family, which are read only of those who consented that it
// is shown these. Dates don't order them.
//
// party            whose they are
// $types           of these types, null: all
// $categories      of these categories, null: all
// $direction       OUTGOING or INCOMING, null: both, and symmetric ones
// $responsibility  of this responsibility, which none has; null: all
// $kinds           whose far party is of these kinds, null: all
// $search          whose far party is found by all these words, null: all
// $period          CURRENT, PAST, FUTURE or ALL
// $as_of           seen from this day, null: today
// $today           today
// relationship     the edge
// near             the party
// far              the other end
// of_family        that it is a tie of who lets the app read the family

MATCH (party)-[relationship:PARENT_OF|PARTNER_OF|LINKED_TO]-(far)
WHERE (type(relationship) <> 'LINKED_TO' OR relationship.type = 'SIBLING')
  AND ($types IS NULL OR relationship.type IN $types)
  AND ($categories IS NULL OR relationship.category IN $categories)
  AND ($direction IS NULL OR NOT relationship.symmetric
                             AND ($direction = 'OUTGOING') = (startNode(relationship) = party))
  AND $responsibility IS NULL
  AND ($kinds IS NULL OR far.kind IN $kinds)
  AND ($search IS NULL OR seen(far) AND all(text IN [searchable(far)] WHERE all(word IN $search WHERE text CONTAINS word)))
  AND CASE $period
        WHEN 'ALL' THEN TRUE
        WHEN 'PAST' THEN relationship.valid_to_day <= coalesce($as_of, $today)
        WHEN 'FUTURE' THEN relationship.valid_from_day > coalesce($as_of, $today)
        ELSE coalesce(relationship.valid_from_day <= coalesce($as_of, $today), TRUE)
         AND coalesce(relationship.valid_to_day > coalesce($as_of, $today), TRUE)
      END
RETURN relationship, party AS near, far, TRUE AS of_family
ORDER BY relationship.type, relationship.id
