// The party that another system knows by this value.
//
// $external_id  the system and the value, a map
// party         the party

MATCH (party:Party)
WHERE $external_id.value IN party.external_values AND $external_id.system IN party.external_systems
RETURN party
