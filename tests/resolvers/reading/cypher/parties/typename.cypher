// The type of a party in the schema.
//
// party  the party
// value  its name

RETURN party.kind AS value
