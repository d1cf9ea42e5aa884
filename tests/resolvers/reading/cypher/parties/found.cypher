// The parties whose name has this part, those with the shortest names first.
//
// $search  a part of the name
// $kinds   of these kinds, null: all
// party    the party

MATCH (party:Party)
WHERE party.sort_name CONTAINS toLower($search) AND ($kinds IS NULL OR party.kind IN $kinds)
RETURN party
ORDER BY size(party.sort_name), party.kind = 'Consumer' DESC, party.id
