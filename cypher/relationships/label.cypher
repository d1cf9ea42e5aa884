// What the near party is to the far one: where it stands in relationship_types/labels.
//
// relationship  the edge
// near          the party that looks
// value         the code of its type, and whether the near party is the source

RETURN [relationship.type, startNode(relationship) = near] AS value
