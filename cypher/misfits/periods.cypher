// When the relationships of a type hold that some parties have.
//
// $ids           the parties
// $type          the code of the type
// $source        as their sources
// $target        as their targets
// party          one of the parties
// relationships  [id, valid_from, valid_to] each, in the order of their ids

UNWIND $ids AS id
MATCH (party:Party {id: id})
MATCH (party)-[edge:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-()
WHERE edge.type = $type
  AND (($source AND startNode(edge) = party) OR ($target AND endNode(edge) = party))
WITH id, edge ORDER BY edge.id
RETURN id AS party, collect([edge.id, edge.valid_from, edge.valid_to]) AS relationships
