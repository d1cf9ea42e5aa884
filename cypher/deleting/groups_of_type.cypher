// Groups that are of a type.
//
// $type    the type's code
// $most    at most so many
// id       the group
// version  its version
// name     its name

MATCH (party:Group {group_type: $type})
WITH party LIMIT $most
RETURN party.id AS id, party.version AS version, party.name AS name
