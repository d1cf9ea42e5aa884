// Where a party lives, if that is known.
//
// party  the party

FILTER party.city IS NOT NULL
RETURN party
