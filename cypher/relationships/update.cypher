// Changes properties of a relationship; null removes one.
//
// $id          which
// $properties  what to set
// $at          when
// version      its new version

MATCH ()-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF {id: $id}]->()
SET relationship += $properties, relationship.version = relationship.version + 1, relationship.updated_at = $at
RETURN relationship.version AS version
