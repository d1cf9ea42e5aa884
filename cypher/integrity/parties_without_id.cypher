// Parties that no statement finds: without an id, or without the label of all parties.
//
// scans every party: there is no index of what is absent.
//
// $most    records of at most so many
// count    how many
// records  [id, or null] each

MATCH (party:Party|Consumer|Account|Household|Group|InternalUser)
WHERE NOT party:Party OR party.id IS NULL
RETURN count(*) AS count, collect([party.id])[..$most] AS records
