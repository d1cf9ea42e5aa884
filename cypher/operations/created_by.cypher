// The party that did an operation, where it was one that Kith keeps.
//
// operation  it
// party      who

MATCH (party:Party {id: operation.created_by})
RETURN party
