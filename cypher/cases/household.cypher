// The household as whose member the customer has a case, if it is in one.
//
// this_case  the case
// party      the household

MATCH (party:Party {id: this_case.household})
RETURN party
