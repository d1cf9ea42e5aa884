// Keeps that two locked customers are not the same, and forgets that they may be.
//
// $one    the first
// $other  the second
// $id     of what is kept
// $at     the time
// $by     who says so
// known   whether that was kept before

MATCH (one:Party {id: $one})
MATCH (other:Party {id: $other})
OPTIONAL MATCH (one)-[noted:MAY_BE_SAME_AS]-(other)
OPTIONAL MATCH (one)-[before:NOT_SAME_AS]-(other)
DELETE noted
FOREACH (new IN CASE WHEN before IS NULL THEN [1] ELSE [] END |
  CREATE (one)-[:NOT_SAME_AS {id: $id, created_at: $at, created_by: $by}]->(other))
RETURN before IS NOT NULL AS known
