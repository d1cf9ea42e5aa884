// The phone number of a party, if it has one.
//
// party  whose it is

FILTER party.phone IS NOT NULL
RETURN party
