// The relationships by which the staff at a location serve somebody today, as seen from the staff, by their names.
//
// $location     the location, folded
// $today        today
// relationship  the edge
// near          the staff member
// far           whom he or she serves

MATCH (near:InternalUser {folded_location: $location})-[relationship:SERVES]->(far)
WHERE seen(near)
  AND coalesce(relationship.valid_from_day <= $today, TRUE)
  AND coalesce(relationship.valid_to_day > $today, TRUE)
RETURN relationship, near, far
ORDER BY near.sort_name, near.id, relationship.id
