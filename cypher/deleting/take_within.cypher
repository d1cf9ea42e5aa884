// Removes some relationships made within households that an operation deletes.
//
// $operation    the operation
// $size         at most so many
// relationship  its properties
// source        the party it starts at
// target        the party it leads to

MATCH (household:Deleted {deleted_by: $operation})<-[:MEMBER_OF]-(member)
WITH DISTINCT household.id AS id, member
MATCH (member)-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|REPRESENTS]-()
WHERE relationship.household = id
WITH DISTINCT relationship LIMIT $size
WITH relationship AS edge, properties(relationship) AS relationship, startNode(relationship).id AS source,
     endNode(relationship).id AS target
DELETE edge
RETURN relationship, source, target
