// Relationships made within households.
//
// $households   which
// $most         at most so many
// relationship  its properties but when it was made and changed, since moments take long to be read
// source        the party it starts at
// target        the party it leads to

UNWIND $households AS id
MATCH (household:Party {id: id})<-[:MEMBER_OF]-(member)
WITH DISTINCT id, member
MATCH (member)-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|REPRESENTS]-()
WHERE relationship.household = id
WITH DISTINCT relationship LIMIT $most
RETURN relationship {.*, created_at: NULL, updated_at: NULL} AS relationship,
       startNode(relationship).id AS source, endNode(relationship).id AS target
