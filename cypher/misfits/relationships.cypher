// Some relationships of some types of one edge, in the order of their ids.
//
// $edge          the edge type
// $types         codes of types
// $after         the id after which they come, '' for the first
// $size          so many are looked at
// relationships  [id, type, source, its kind, target, its kind, valid_from, valid_to, role, property_codes,
//                property_values, whether it is made within a household] each
// last           the id of the last that was looked at, null: there are no more

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
WITH max(edge.id) AS last,
     collect(CASE WHEN edge.type IN $types THEN
       [edge.id, edge.type, source.id, source.kind, target.id, target.kind, edge.valid_from, edge.valid_to,
        edge.role, edge.property_codes, edge.property_values, edge.household IS NOT NULL] END) AS relationships
RETURN relationships, last
