// How many relationships of each type and direction a party has.
//
// party      whose they are
// $period    CURRENT, PAST, FUTURE or ALL
// $as_of     as of this day, null: today
// $today     today
// type       the type
// direction  OUTGOING or INCOMING as seen from the party, null: symmetric
// count      how many

MATCH (party)-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-()
WHERE CASE $period
        WHEN 'ALL' THEN TRUE
        WHEN 'PAST' THEN relationship.valid_to_day <= coalesce($as_of, $today)
        WHEN 'FUTURE' THEN relationship.valid_from_day > coalesce($as_of, $today)
        ELSE coalesce(relationship.valid_from_day <= coalesce($as_of, $today), TRUE)
         AND coalesce(relationship.valid_to_day > coalesce($as_of, $today), TRUE)
      END
WITH relationship.type AS code, count(*) AS count,
     CASE WHEN relationship.symmetric THEN NULL
          WHEN startNode(relationship) = party THEN 'OUTGOING'
          ELSE 'INCOMING' END AS direction
MATCH (type:RelationshipType {code: code})
RETURN type, direction, count
ORDER BY type.code, direction
