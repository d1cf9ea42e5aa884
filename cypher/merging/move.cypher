// Gives relationships other ends. An edge cannot change its own: it is made anew, with the same id and all that it has.
//
// $relationships  rows of {id, source, target, properties}, the last what else changes
// $at             when
// moved           how many; fewer than rows where one, or a party, is gone

UNWIND $relationships AS row
MATCH ()-[old:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF {id: row.id}]->()
WITH row, old, type(old) AS edge, properties(old) AS held
DELETE old
WITH row, edge, held
MATCH (source:Party {id: row.source})
MATCH (target:Party {id: row.target})
CREATE (source)-[relationship:$(edge)]->(target)
SET relationship = held
SET relationship += row.properties, relationship.version = held.version + 1, relationship.updated_at = $at
RETURN count(*) AS moved
