// Who withdrew a consent, where it was a party.
//
// consent  the edge
// party    who

MATCH (party:Party {id: consent.withdrawn_by})
RETURN party
