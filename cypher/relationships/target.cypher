// The party that a relationship leads to.
//
// relationship  the edge
// party         its target

RETURN endNode(relationship) AS party
