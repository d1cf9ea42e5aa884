// The relationships of members that are made within households.
//
// $pairs        rows of {member, household}
// relationship  its properties
// source        the party it starts at
// target        the party it leads to

UNWIND $pairs AS pair
MATCH (member:Party {id: pair.member})-[within:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|REPRESENTS]-()
WHERE within.household = pair.household
WITH DISTINCT within ORDER BY within.id
RETURN properties(within) AS relationship, startNode(within).id AS source, endNode(within).id AS target
