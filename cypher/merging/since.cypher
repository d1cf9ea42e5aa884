// Whether a merge still stands, and what came after it.
//
// $survivor   who stayed
// $merged     who went
// operation   the one by which the merged one is merged into the survivor now, null: it is not
// later       the latest merge that has to be undone before: of the survivor into another, else of another into it after
//             this one; null: there is none

MATCH (survivor:Party {id: $survivor})
MATCH (merged:Party {id: $merged})
OPTIONAL MATCH (merged)-[into:MERGED_INTO]->(survivor)
RETURN into.operation AS operation, coalesce(
  COLLECT { MATCH (survivor)-[onward:MERGED_INTO]->() RETURN onward.operation }[0],
  COLLECT {
    MATCH ()-[other:MERGED_INTO]->(survivor)
    WHERE other.place > into.place
    RETURN other.operation ORDER BY other.place DESC
  }[0]) AS later
