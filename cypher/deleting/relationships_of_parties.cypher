// Relationships in which one of some parties is an end, each once.
//
// $ids          the parties
// $most         at most so many
// relationship  its properties but when it was made and changed, since moments take long to be read
// source        the party it starts at
// target        the party it leads to

UNWIND $ids AS id
MATCH (party:Party {id: id})-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-()
WITH DISTINCT relationship LIMIT $most
RETURN relationship {.*, created_at: NULL, updated_at: NULL} AS relationship,
       startNode(relationship).id AS source, endNode(relationship).id AS target
