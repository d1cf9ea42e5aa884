// Deletes a relationship.
//
// $id  which
// removed  how many

MATCH ()-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF {id: $id}]->()
DELETE relationship
RETURN count(*) AS removed
