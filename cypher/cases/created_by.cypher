// The party that opened a case, where it was one that Kith keeps.
//
// this_case  the case
// party      who

MATCH (party:Party {id: this_case.created_by})
RETURN party
