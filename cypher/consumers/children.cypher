// The children of a consumer, over all time or on a day: by birth date, unknown ones last.
//
// party         whose they are
// $as_of        on this day, null: over all time
// relationship  the edge
// near          the consumer
// far           the child

MATCH (party)-[relationship:PARENT_OF]->(far)
WHERE ($as_of IS NULL OR coalesce(relationship.valid_from_day <= $as_of, TRUE)
                     AND coalesce(relationship.valid_to_day > $as_of, TRUE))
RETURN relationship, party AS near, far
ORDER BY CASE WHEN seen(far) THEN far.birth_date_earliest ELSE NULL END, far.id, relationship.id
