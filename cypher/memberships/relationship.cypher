// A membership as the relationship that it is.
//
// membership    the edge
// relationship  the same

RETURN membership AS relationship
