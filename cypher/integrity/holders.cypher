// Relationships to parties by which over all time more than one holds a responsibility that only one may hold at a time.
//
// $ids    the parties
// $codes  codes of such responsibilities
// party   one of them
// ties    [id, source, target, valid_from, valid_to] each

UNWIND $ids AS id
MATCH (party:Party {id: id})
UNWIND $codes AS code
CALL (party, code) {
  MATCH (party)<-[edge:SERVES|REPRESENTS]-()
  WHERE edge.responsibility = code
  WITH edge ORDER BY edge.id
  WITH collect(edge) AS edges
  WHERE size(edges) > 1
  RETURN edges
}
RETURN party.id AS party,
       [edge IN edges | [edge.id, startNode(edge).id, endNode(edge).id, edge.valid_from, edge.valid_to]] AS ties
