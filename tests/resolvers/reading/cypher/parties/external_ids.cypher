// By what other systems know a party.
//
// party   the party
// system  the other system
// value   what it calls the party

UNWIND range(0, size(coalesce(party.external_values, [])) - 1) AS i
RETURN party.external_systems[i] AS system, party.external_values[i] AS value
ORDER BY system, value
