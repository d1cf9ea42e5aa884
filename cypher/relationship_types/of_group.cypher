// The type that a group is of.
//
// party  the group
// type   its type

MATCH (type:RelationshipType {code: party.group_type})
RETURN type
