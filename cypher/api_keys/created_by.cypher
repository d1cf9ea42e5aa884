// The party that issued a key, where it was one that Kith keeps.
//
// key    the key
// party  who

MATCH (party:Party {id: key.created_by})
RETURN party
