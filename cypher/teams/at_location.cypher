// The relationships by which the staff at a location serve somebody today, as seen from the staff, by their names.
//
// $location     the location, folded
// $today        today
// relationship  the edge
// near          the staff member
// far           whom he or she serves
//
// Staff who are hidden are absent: where they are, and how many they are, would be told else.

MATCH (near:InternalUser {folded_location: $location})-[relationship:SERVES]->(far)
WHERE coalesce(relationship.valid_from_day <= $today, TRUE) AND coalesce(relationship.valid_to_day > $today, TRUE)
  AND seen(near)
RETURN relationship, near, far
ORDER BY near.sort_name, near.id, relationship.id
