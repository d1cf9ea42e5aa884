// Relationships of limited types at parties which over all time have more of them than the limit at a time.
//
// $ids     the parties
// $limits  rows of {type, end, symmetric, most}: the type's code, "source" or "target", and how many at a time
// party    one of them
// most     the limit
// ties     [id, source, target, valid_from, valid_to] each

UNWIND $ids AS id
MATCH (party:Party {id: id})
UNWIND $limits AS limit
CALL (party, limit) {
  MATCH (party)-[edge:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-()
  WHERE edge.type = limit.type AND (limit.symmetric OR (limit.end = 'source') = (startNode(edge) = party))
  WITH DISTINCT edge ORDER BY edge.id
  WITH collect(edge) AS edges
  WHERE size(edges) > limit.most
  RETURN edges
}
RETURN party.id AS party, limit.most AS most,
       [edge IN edges | [edge.id, startNode(edge).id, endNode(edge).id, edge.valid_from, edge.valid_to]] AS ties
