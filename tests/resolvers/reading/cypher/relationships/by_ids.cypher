// The relationships of these ids.
//
// $ids          their ids
// relationship  the edge

UNWIND $ids AS id
MATCH ()-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|SERVES|MEMBER_OF {id: id}]->()
RETURN relationship
