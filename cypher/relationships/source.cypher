// The party that a relationship starts at.
//
// relationship  the edge
// party         its source

RETURN startNode(relationship) AS party
