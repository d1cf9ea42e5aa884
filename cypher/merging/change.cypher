// Changes properties of relationships; null removes one.
//
// $relationships  rows of {id, properties}
// $at             when
// changed         how many

UNWIND $relationships AS row
MATCH ()-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF {id: row.id}]->()
SET relationship += row.properties, relationship.version = relationship.version + 1, relationship.updated_at = $at
RETURN count(*) AS changed
