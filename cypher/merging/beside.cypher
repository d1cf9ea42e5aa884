// The relationships of a customer into which others merge, of some types with some parties.
//
// $survivor     the customer
// $far          the parties
// $types        codes of the types
// relationship  its properties, but when it was made and changed
// source        the party it starts at
// target        the party it leads to

MATCH (:Party {id: $survivor})-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-(far)
WHERE relationship.type IN $types AND far.id IN $far
RETURN relationship {.*, created_at: NULL, updated_at: NULL} AS relationship, startNode(relationship).id AS source,
       endNode(relationship).id AS target
