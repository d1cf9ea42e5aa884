// Relationships of a type.
//
// scans all edges of the type's edge type until there are as many as asked for: no index holds the types of edges.
//
// $edge         the edge type; not as a dynamic type of the pattern, which Neo4j 2026.09 answers with wrong ends
// $type         the type's code
// $most         at most so many
// relationship  its properties but when it was made and changed, since moments take long to be read
// source        the party it starts at
// target        the party it leads to

CALL () {
  WHEN $edge = 'PARENT_OF' THEN {
    MATCH ()-[edge:PARENT_OF]->() WHERE edge.type = $type RETURN edge LIMIT $most }
  WHEN $edge = 'PARTNER_OF' THEN {
    MATCH ()-[edge:PARTNER_OF]->() WHERE edge.type = $type RETURN edge LIMIT $most }
  WHEN $edge = 'OVERSEES' THEN {
    MATCH ()-[edge:OVERSEES]->() WHERE edge.type = $type RETURN edge LIMIT $most }
  WHEN $edge = 'LINKED_TO' THEN {
    MATCH ()-[edge:LINKED_TO]->() WHERE edge.type = $type RETURN edge LIMIT $most }
  WHEN $edge = 'SERVES' THEN {
    MATCH ()-[edge:SERVES]->() WHERE edge.type = $type RETURN edge LIMIT $most }
  WHEN $edge = 'REPRESENTS' THEN {
    MATCH ()-[edge:REPRESENTS]->() WHERE edge.type = $type RETURN edge LIMIT $most }
  WHEN $edge = 'MEMBER_OF' THEN {
    MATCH ()-[edge:MEMBER_OF]->() WHERE edge.type = $type RETURN edge LIMIT $most }
}
RETURN edge {.*, created_at: NULL, updated_at: NULL} AS relationship,
       startNode(edge).id AS source, endNode(edge).id AS target
