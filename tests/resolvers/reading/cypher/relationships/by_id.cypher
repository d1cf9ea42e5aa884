// The relationship of this id.
//
// $id           its id
// relationship  the edge

MATCH ()-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|SERVES|MEMBER_OF {id: $id}]->()
RETURN relationship
