// The customer whom a case is of.
//
// this_case  the case
// party      the customer

MATCH (party:Party {id: this_case.customer})
RETURN party
