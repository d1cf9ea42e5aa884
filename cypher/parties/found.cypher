// The parties that hold every word searched for, by name.
//
// $search  folded words, or the digits of a phone number
// $kinds   of these kinds, null: all
// party    the party

MATCH (party:Party)
WHERE party.search CONTAINS $search[0]
  AND all(word IN $search WHERE party.search CONTAINS word)
  AND ($kinds IS NULL OR party.kind IN $kinds)
RETURN party
ORDER BY party.sort_name, party.id
