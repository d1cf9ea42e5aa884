// The relationships of these ids, for a partner app: as access/kin_by_id has it.
//
// $ids          their ids
// relationship  the edge

UNWIND $ids AS id
MATCH (source)-[relationship:PARENT_OF|PARTNER_OF|LINKED_TO {id: id}]->(target)
WHERE (type(relationship) <> 'LINKED_TO' OR relationship.type = 'SIBLING') AND EXISTS {
  UNWIND [source, target] AS side
  WITH side
  WHERE in_family(side)
  RETURN side
}
RETURN relationship
