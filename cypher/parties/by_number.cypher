// The customer of this number.
//
// $number  the number
// party    the customer

MATCH (party:Party {number: $number})
RETURN party
