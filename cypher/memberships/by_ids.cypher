// The memberships of these ids.
//
// $ids        their ids
// membership  the edge
// group       the household or group
// member      the customer

UNWIND $ids AS id
MATCH (member)-[membership:MEMBER_OF {id: id}]->(group)
RETURN membership, group, member
