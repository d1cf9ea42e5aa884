// What the near party is to the far one: "is parent of".
//
// relationship  the edge
// near          the party that looks
// value         the label

MATCH (type:RelationshipType {code: relationship.type})
RETURN CASE WHEN startNode(relationship) = near THEN type.label ELSE type.reverse_label END AS value
