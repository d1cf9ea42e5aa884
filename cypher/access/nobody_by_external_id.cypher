// The party that another system knows by this id, for a partner app, which is shown no such thing: none.
//
// $external_id  {system, value}
// party        the party

MATCH (party:Party {id: $external_id.value})
WHERE FALSE
RETURN party
