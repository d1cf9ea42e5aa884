// What is stored of relationships, but when they were made and changed, for rules that change them.
//
// $ids          which
// relationship  its properties
// source        the party it starts at
// target        the party it leads to

UNWIND $ids AS id
MATCH (source)-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF {id: id}]->(target)
RETURN relationship {.*, created_at: NULL, updated_at: NULL} AS relationship, source.id AS source, target.id AS target
