// The party that made a relationship, where it was one that Kith keeps.
//
// relationship  the edge
// party         who

MATCH (party:Party {id: relationship.created_by})
RETURN party
