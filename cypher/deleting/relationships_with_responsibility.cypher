// Relationships that carry a responsibility.
//
// scans all edges that can, until there are as many as asked for: no index holds the responsibilities of edges.
//
// $code         the responsibility's code
// $most         at most so many
// relationship  its properties but when it was made and changed, since moments take long to be read
// source        the party it starts at
// target        the party it leads to

MATCH (from)-[relationship:SERVES|REPRESENTS]->(to)
WHERE relationship.responsibility = $code
WITH relationship, from, to LIMIT $most
RETURN relationship {.*, created_at: NULL, updated_at: NULL} AS relationship,
       from.id AS source, to.id AS target
