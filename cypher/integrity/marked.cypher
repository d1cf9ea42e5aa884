// Households that over all time had several heads, and consumers that had several primary places in households.
//
// $ids     the parties
// finding  TWO_HEADS or TWO_PRIMARIES, where they hold on the same day
// party    one of them
// ties     [id, source, target, valid_from, valid_to] each

UNWIND $ids AS id
MATCH (party:Party {id: id})
CALL (party) {
  MATCH (party)<-[edge:MEMBER_OF]-()
  WHERE edge.is_head
  RETURN 'TWO_HEADS' AS finding, edge
  UNION ALL
  MATCH (party)-[edge:MEMBER_OF]->()
  WHERE edge.is_primary
  RETURN 'TWO_PRIMARIES' AS finding, edge
}
WITH party, finding, edge ORDER BY edge.id
WITH party, finding, collect([edge.id, startNode(edge).id, endNode(edge).id, edge.valid_from, edge.valid_to]) AS ties
WHERE size(ties) > 1
RETURN finding, party.id AS party, ties
