// Makes relationships again that were removed, as they were.
//
// $relationships  rows of {edge, source, target, properties, version, created_at, created_by}
// $at             when
// made            how many; fewer than rows where a party is gone

UNWIND $relationships AS row
MATCH (source:Party {id: row.source})
MATCH (target:Party {id: row.target})
CREATE (source)-[relationship:$(row.edge)]->(target)
SET relationship += row.properties, relationship.version = row.version, relationship.created_at = row.created_at,
    relationship.created_by = row.created_by, relationship.updated_at = $at
RETURN count(*) AS made
