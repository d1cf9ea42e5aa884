// Changes properties of a party; null removes one.
//
// $id          whose
// $properties  what to set
// $at          when
// version      its new version

MATCH (party:Party {id: $id})
SET party += $properties, party.version = party.version + 1, party.updated_at = $at
RETURN party.version AS version
