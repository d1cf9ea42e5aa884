// The relationships of these ids, for a viewer who sees only whom relationships reach: those of which an end is seen.
//
// $ids          their ids
// relationship  the edge

UNWIND $ids AS id
MATCH (source)-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF {id: id}]->(target)
WHERE EXISTS {
  UNWIND [source, target] AS side
  WITH side
  WHERE seen(side)
  RETURN side
}
RETURN relationship
