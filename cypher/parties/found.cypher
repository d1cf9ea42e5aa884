// The parties that are meant by what was typed, the best first: those with a line that is all of it, then those whose
// words are the words typed, begin with them, or hold them; then those for whom something is misspelt; each by name. Who is found by
// what somebody was who was merged into them is found as that, unless those are asked for by their status.
//
// $search        what to look for, as domain/search.py makes it
// $kinds         of these kinds, null: all
// $statuses      customers in one of these states, null: all but those who were merged away
// $eligible_for  whom a relationship of a type could take at its other end; null: all
// party          the party
// rank           how well it matches, 0 the best
//
// Of those for whom something is misspelt the 5,000 nearest count. Whoever may not search all of every party finds
// misspelt names alone: the index of all words does not tell which line it was.

CALL (*) {
  MATCH (found:Party)
  WHERE found.search CONTAINS $search.parts[0]
  WITH found, searchable(found) AS text
  WHERE all(part IN $search.parts WHERE text CONTAINS part)
  RETURN found,
    CASE WHEN text CONTAINS $search.line THEN 0
         WHEN all(whole IN $search.wholes WHERE text CONTAINS whole) THEN 1
         WHEN all(start IN $search.starts WHERE text CONTAINS start) THEN 2
         ELSE 3 END AS place
UNION ALL
  UNWIND $search.alike AS query
  CALL db.index.fulltext.queryNodes(words(query), query, {limit: 5000}) YIELD `node` AS found
  WITH found, searchable(found) AS text
  WHERE all(word IN $search.exact WHERE text CONTAINS word)
    AND NOT all(part IN $search.parts WHERE text CONTAINS part)
  RETURN found, 4 AS place
}
CALL (found) {
  WHEN found.status = 'MERGED' AND NOT coalesce('MERGED' IN $statuses, FALSE) THEN {
    MATCH (found)-[:MERGED_INTO]->+(survivor)
    WHERE NOT EXISTS { (survivor)-[:MERGED_INTO]->() }
    RETURN survivor
  }
  ELSE { RETURN found AS survivor }
}
WITH survivor AS found, min(place) AS place
WHERE ($kinds IS NULL OR found.kind IN $kinds)
  AND ($statuses IS NULL OR found.status IN $statuses)
  AND ($eligible_for IS NULL
       OR found.id <> coalesce($eligible_for.source, $eligible_for.target)
          AND NOT EXISTS {
            MATCH (found)<-[:MERGED_INTO]-+(former)
            WHERE former.id = coalesce($eligible_for.source, $eligible_for.target)
          }
          AND coalesce(found.status <> 'MERGED', TRUE)
          AND EXISTS {
            MATCH (type:RelationshipType {code: $eligible_for.type})
            WHERE found.kind IN CASE WHEN $eligible_for.source IS NULL THEN type.source_kinds ELSE type.target_kinds END
          })
RETURN found AS party, place AS rank
ORDER BY rank, party.sort_name, party.id
