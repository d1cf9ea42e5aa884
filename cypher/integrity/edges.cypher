// Some edges of one edge type, in the order of their ids, with what they are judged by.
//
// $edge   the edge type
// $after  the id after which they come, '' for the first
// $size   at most so many
// edges   [id, type, category, symmetric, version, valid_from, valid_from_day, valid_to, valid_to_day, responsibility,
//         pedigree, source, its kind, target, its kind, of a group its type, is_head, is_primary, others, household,
//         within_until, rows] each; others are the later ones of the same type between the same two, each as [id,
//         source, valid_from, valid_to]; rows the memberships of both in the household, as [id, member, valid_from,
//         valid_to]
//
// The others are compared by a variable, not by a property: else a plan made while there are few relationships seeks the
// later ones of all by their ids, for each edge anew, and judges a page of a store that was filled since for a minute.

CALL () {
  WHEN $edge = 'PARENT_OF' THEN {
    MATCH ()-[edge:PARENT_OF]->() WHERE edge.id > $after RETURN edge ORDER BY edge.id LIMIT $size }
  WHEN $edge = 'PARTNER_OF' THEN {
    MATCH ()-[edge:PARTNER_OF]->() WHERE edge.id > $after RETURN edge ORDER BY edge.id LIMIT $size }
  WHEN $edge = 'OVERSEES' THEN {
    MATCH ()-[edge:OVERSEES]->() WHERE edge.id > $after RETURN edge ORDER BY edge.id LIMIT $size }
  WHEN $edge = 'LINKED_TO' THEN {
    MATCH ()-[edge:LINKED_TO]->() WHERE edge.id > $after RETURN edge ORDER BY edge.id LIMIT $size }
  WHEN $edge = 'SERVES' THEN {
    MATCH ()-[edge:SERVES]->() WHERE edge.id > $after RETURN edge ORDER BY edge.id LIMIT $size }
  WHEN $edge = 'REPRESENTS' THEN {
    MATCH ()-[edge:REPRESENTS]->() WHERE edge.id > $after RETURN edge ORDER BY edge.id LIMIT $size }
  WHEN $edge = 'MEMBER_OF' THEN {
    MATCH ()-[edge:MEMBER_OF]->() WHERE edge.id > $after RETURN edge ORDER BY edge.id LIMIT $size }
}
WITH edge, startNode(edge) AS source, endNode(edge) AS target
WITH edge, source, target, CASE WHEN edge.household IS NULL THEN [] ELSE COLLECT {
       UNWIND [source, target] AS member
       MATCH (member)-[row:MEMBER_OF]->(:Household {id: edge.household})
       RETURN [row.id, member.id, row.valid_from, row.valid_to]
     } END AS rows, COLLECT {
       MATCH (source)-[other:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-(target)
       WITH other, other.id AS id
       WHERE other.type = edge.type AND id > edge.id
       RETURN [other.id, startNode(other).id, other.valid_from, other.valid_to]
     } AS others
RETURN collect([edge.id, edge.type, edge.category, edge.symmetric, edge.version, edge.valid_from, edge.valid_from_day,
                edge.valid_to, edge.valid_to_day, edge.responsibility, edge.pedigree, source.id, source.kind,
                target.id, target.kind, target.group_type, edge.is_head, edge.is_primary, others, edge.household,
                edge.within_until, rows]) AS edges
