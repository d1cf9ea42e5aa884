// The party in whose history a change stands; a type's stands in none.
//
// change  it
// party   whose history

MATCH (party:Party {id: change.party})
RETURN party
