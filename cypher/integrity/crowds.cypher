// Relationships of limited types at parties which over all time have more of them than the limit at a time.
//
// $ids     the parties
// $limits  rows of {type, end, symmetric, most}: the type's code, "source" or "target", and how many at a time
// party    one of them
// most     the limit
// ties     [id, source, target, valid_from, valid_to] each
//
// Goes through the relationships of each party once, however many limits there are: a hub has a hundred thousand.

WITH [limit IN $limits | limit.type] AS types
UNWIND $ids AS id
MATCH (party:Party {id: id})
CALL (party, types) {
  MATCH (party)-[edge:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-()
  WHERE edge.type IN types
  WITH DISTINCT edge ORDER BY edge.id
  UNWIND [limit IN $limits
          WHERE limit.type = edge.type
            AND (limit.symmetric OR (limit.end = 'source') = (startNode(edge) = party))] AS limit
  WITH limit, collect(edge) AS edges
  WHERE size(edges) > limit.most
  RETURN limit, edges
}
RETURN party.id AS party, limit.most AS most,
       [edge IN edges | [edge.id, startNode(edge).id, endNode(edge).id, edge.valid_from, edge.valid_to]] AS ties
