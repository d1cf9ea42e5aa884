// The party of this number, for a partner app, which is shown no such thing: none.
//
// $number  the number
// party   the party

MATCH (party:Party {id: $number})
WHERE FALSE
RETURN party
