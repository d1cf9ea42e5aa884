// Deletes relationships of two customers, found from these: theirs are many.
//
// $parties    the two
// $ids        which
// id          one of them that there was
// created_at  when it was made, as text: the driver takes long for moments
// created_by  who made it

UNWIND $parties AS party
MATCH (:Party {id: party})-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-()
WHERE relationship.id IN $ids
WITH DISTINCT relationship
WITH relationship, relationship.id AS id, toString(relationship.created_at) AS created_at,
     relationship.created_by AS created_by
DELETE relationship
RETURN id, created_at, created_by
