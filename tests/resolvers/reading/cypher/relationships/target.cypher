// Where a relationship ends.
//
// relationship  the edge
// party         its target

RETURN endNode(relationship) AS party
