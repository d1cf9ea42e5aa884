// The relationship of this id, for a partner app: a tie of a family, if an end consented that the app is shown the family,
// or is dead and a relative of somebody who did.
//
// $id           its id
// relationship  the edge

MATCH (source)-[relationship:PARENT_OF|PARTNER_OF|LINKED_TO {id: $id}]->(target)
WHERE (type(relationship) <> 'LINKED_TO' OR relationship.type = 'SIBLING') AND EXISTS {
  UNWIND [source, target] AS side
  WITH side
  WHERE in_family(side)
  RETURN side
}
RETURN relationship
