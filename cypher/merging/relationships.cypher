// The relationships of a customer who is to be merged into another.
//
// $merged       the customer
// relationship  its properties, but when it was made and changed
// source        the party it starts at
// target        the party it leads to

MATCH (:Party {id: $merged})-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-()
RETURN relationship {.*, created_at: NULL, updated_at: NULL} AS relationship, startNode(relationship).id AS source,
       endNode(relationship).id AS target
ORDER BY relationship.id
