// Makes relationships.
//
// $relationships  rows of {edge, source, target, properties}
// $at             when
// $by             who
// made            how many; fewer than rows where a party is gone

UNWIND $relationships AS row
MATCH (source:Party {id: row.source})
MATCH (target:Party {id: row.target})
CREATE (source)-[relationship:$(row.edge)]->(target)
SET relationship += row.properties, relationship.version = 1,
    relationship.created_at = $at, relationship.updated_at = $at, relationship.created_by = $by
RETURN count(*) AS made
