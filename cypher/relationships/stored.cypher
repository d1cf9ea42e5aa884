// All that is stored of relationships, for rules that change them.
//
// $ids          which
// relationship  its properties
// source        the party it starts at
// target        the party it leads to

UNWIND $ids AS id
MATCH (source)-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF {id: id}]->(target)
RETURN properties(relationship) AS relationship, source.id AS source, target.id AS target
