// The parties, by name.
//
// $kinds  of these kinds, null: all
// party   the party

MATCH (party:Party)
WHERE party.sort_name IS NOT NULL AND party.id IS NOT NULL AND ($kinds IS NULL OR party.kind IN $kinds)
RETURN party
ORDER BY party.sort_name, party.id
