// The household that a relationship is made within.
//
// relationship  the edge
// party         it

MATCH (party:Party {id: relationship.household})
RETURN party
