// Some relationships that carry a responsibility, of one edge type, in the order of their ids.
//
// $edge          the edge type, SERVES or REPRESENTS
// $code          the code of the responsibility
// $after         the id after which they come, '' for the first
// $size          so many are looked at
// relationships  [id, kind of the source, target, its kind, valid_from, valid_to] each
// last           the id of the last that was looked at, null: there are no more

CALL () {
  WHEN $edge = 'SERVES' THEN {
    MATCH ()-[edge:SERVES]->() WHERE edge.id > $after RETURN edge ORDER BY edge.id LIMIT $size }
  WHEN $edge = 'REPRESENTS' THEN {
    MATCH ()-[edge:REPRESENTS]->() WHERE edge.id > $after RETURN edge ORDER BY edge.id LIMIT $size }
}
WITH edge, startNode(edge) AS source, endNode(edge) AS target
WITH max(edge.id) AS last,
     collect(CASE WHEN edge.responsibility = $code THEN
       [edge.id, source.kind, target.id, target.kind, edge.valid_from, edge.valid_to] END) AS relationships
RETURN relationships, last
