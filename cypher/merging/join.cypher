// Notes that a customer was merged into another, after all who were before.
//
// $merged     who goes
// $survivor   who stays
// $operation  by which operation

MATCH (merged:Party {id: $merged})
MATCH (survivor:Party {id: $survivor})
WITH merged, survivor, COLLECT { MATCH ()-[earlier:MERGED_INTO]->(survivor) RETURN earlier.place } AS places
CREATE (merged)-[:MERGED_INTO {
  operation: $operation,
  place: reduce(last = 0, place IN places | CASE WHEN place > last THEN place ELSE last END) + 1
}]->(survivor)
FINISH
