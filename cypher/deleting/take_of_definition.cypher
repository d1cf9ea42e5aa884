// Removes some relationships of one edge type that are of a type, or carry a responsibility, in the order of their ids.
//
// $edge           the edge type
// $type           the code of the type, null: any
// $responsibility  the code of the responsibility, null: any
// $after          the id after which they come, '' for the first
// $size           at most so many
// removed         of each its properties, the party it starts at and the party it leads to; when it was made is
//                 text, since moments take long to be read

CALL () {
  WHEN $edge = 'PARENT_OF' THEN {
    MATCH ()-[edge:PARENT_OF]->()
    WHERE edge.id > $after AND ($type IS NULL OR edge.type = $type)
      AND ($responsibility IS NULL OR edge.responsibility = $responsibility)
    RETURN edge ORDER BY edge.id LIMIT $size }
  WHEN $edge = 'PARTNER_OF' THEN {
    MATCH ()-[edge:PARTNER_OF]->()
    WHERE edge.id > $after AND ($type IS NULL OR edge.type = $type)
      AND ($responsibility IS NULL OR edge.responsibility = $responsibility)
    RETURN edge ORDER BY edge.id LIMIT $size }
  WHEN $edge = 'OVERSEES' THEN {
    MATCH ()-[edge:OVERSEES]->()
    WHERE edge.id > $after AND ($type IS NULL OR edge.type = $type)
      AND ($responsibility IS NULL OR edge.responsibility = $responsibility)
    RETURN edge ORDER BY edge.id LIMIT $size }
  WHEN $edge = 'LINKED_TO' THEN {
    MATCH ()-[edge:LINKED_TO]->()
    WHERE edge.id > $after AND ($type IS NULL OR edge.type = $type)
      AND ($responsibility IS NULL OR edge.responsibility = $responsibility)
    RETURN edge ORDER BY edge.id LIMIT $size }
  WHEN $edge = 'SERVES' THEN {
    MATCH ()-[edge:SERVES]->()
    WHERE edge.id > $after AND ($type IS NULL OR edge.type = $type)
      AND ($responsibility IS NULL OR edge.responsibility = $responsibility)
    RETURN edge ORDER BY edge.id LIMIT $size }
  WHEN $edge = 'REPRESENTS' THEN {
    MATCH ()-[edge:REPRESENTS]->()
    WHERE edge.id > $after AND ($type IS NULL OR edge.type = $type)
      AND ($responsibility IS NULL OR edge.responsibility = $responsibility)
    RETURN edge ORDER BY edge.id LIMIT $size }
  WHEN $edge = 'MEMBER_OF' THEN {
    MATCH ()-[edge:MEMBER_OF]->()
    WHERE edge.id > $after AND ($type IS NULL OR edge.type = $type)
      AND ($responsibility IS NULL OR edge.responsibility = $responsibility)
    RETURN edge ORDER BY edge.id LIMIT $size }
}
WITH edge, startNode(edge).id AS source, endNode(edge).id AS target,
     edge {.id, .type, .valid_from, .valid_to, .responsibility, .property_codes, .property_values, .note, .role,
           .is_head, .is_primary, .household, .within_until, .version, .created_by,
           created_at: toString(edge.created_at),
           valid_from_day: CASE WHEN edge.household IS NULL THEN NULL ELSE edge.valid_from_day END} AS relationship
DELETE edge
RETURN collect([relationship, source, target]) AS removed
