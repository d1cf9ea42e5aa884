// The relationship of this id, for a viewer who sees only whom relationships reach: if an end is seen.
//
// $id           its id
// relationship  the edge

MATCH (source)-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF {id: $id}]->(target)
WHERE EXISTS {
  UNWIND [source, target] AS side
  WITH side
  WHERE seen(side)
  RETURN side
}
RETURN relationship
