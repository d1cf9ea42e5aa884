// The relationship.
//
// relationship  the edge

RETURN relationship
