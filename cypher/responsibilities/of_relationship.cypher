// The responsibility that a relationship carries, if any.
//
// relationship    the edge
// responsibility  what it stands for

MATCH (responsibility:Responsibility {code: relationship.responsibility})
RETURN responsibility
