// The parties that are meant by what was typed, for a partner app: as parties/found has it, but for what is misspelt.
//
// $search        what to look for, as domain/search.py makes it
// $kinds         of these kinds, null: all
// $statuses      which the app is not shown, so that nobody is found by them; null: all
// $eligible_for  the app makes no relationships, so that nobody is; null: all
// party          the party
// rank           how well it matches, 0 the best

MATCH (found:Party)
WHERE found.search CONTAINS $search.parts[0] AND $statuses IS NULL AND $eligible_for IS NULL
  AND ($kinds IS NULL OR found.kind IN $kinds)
WITH found, searchable(found) AS text
WHERE all(part IN $search.parts WHERE text CONTAINS part)
RETURN found AS party,
  CASE WHEN text CONTAINS $search.line THEN 0
       WHEN all(whole IN $search.wholes WHERE text CONTAINS whole) THEN 1
       WHEN all(start IN $search.starts WHERE text CONTAINS start) THEN 2
       ELSE 3 END AS rank
ORDER BY rank, party.sort_name, party.id
