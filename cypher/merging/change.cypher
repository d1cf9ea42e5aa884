// Changes properties of relationships of a party; null removes one.
//
// $party      whose
// $differing  what changes, by their ids
// $at         when
// changed     how many

MATCH (:Party {id: $party})-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-()
WHERE relationship.id IN keys($differing)
SET relationship += $differing[relationship.id], relationship.version = relationship.version + 1,
    relationship.updated_at = $at
RETURN count(*) AS changed
