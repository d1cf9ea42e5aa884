// The customer whose points were adjusted.
//
// entry  the adjustment
// party  whose points

MATCH (party:Party {id: entry.party})
RETURN party
