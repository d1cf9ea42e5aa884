// The party that adjusted points, where it was one that Kith keeps.
//
// entry  the adjustment
// party  who

MATCH (party:Party {id: entry.created_by})
RETURN party
