// Who gave a consent.
//
// consent  the edge
// party    who

MATCH (party:Party {id: consent.given_by})
RETURN party
