// Removes some relationships of parties that an operation deletes.
//
// $operation    the operation
// $size         at most so many
// relationship  its properties
// source        the party it starts at
// target        the party it leads to

MATCH (party:Deleted {deleted_by: $operation})
MATCH (party)-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-()
WITH DISTINCT relationship LIMIT $size
WITH relationship AS edge, properties(relationship) AS relationship, startNode(relationship).id AS source,
     endNode(relationship).id AS target
DELETE edge
RETURN relationship, source, target
