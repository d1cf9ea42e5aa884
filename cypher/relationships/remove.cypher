// Deletes relationships.
//
// $ids        which
// id          one of them that there was
// created_at  when it was made, as text: the driver takes long for moments
// created_by  who made it

UNWIND $ids AS id
MATCH ()-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF {id: id}]->()
WITH relationship, id, toString(relationship.created_at) AS created_at, relationship.created_by AS created_by
DELETE relationship
RETURN id, created_at, created_by
