// Notes whom customers may be the same as, in the place of what was noted of them before. Both ends must be locked.
//
// $ids    the customers
// $pairs  the pairs that have one of them, as {id, one, other, score, evidence}; `id` is that of a pair not noted yet
// $at     the time

CALL () {
  UNWIND $ids AS id
  MATCH (customer:Party {id: id})-[noted:MAY_BE_SAME_AS]-(other)
  WHERE NOT [customer.id, other.id] IN [pair IN $pairs | [pair.one, pair.other]]
    AND NOT [other.id, customer.id] IN [pair IN $pairs | [pair.one, pair.other]]
  DELETE noted
}
UNWIND $pairs AS pair
MATCH (one:Party {id: pair.one})
MATCH (other:Party {id: pair.other})
MERGE (one)-[noted:MAY_BE_SAME_AS]->(other)
ON CREATE SET noted.id = pair.id
SET noted.score = pair.score, noted.evidence = pair.evidence, noted.found_at = $at
