// Relationships of a type between the same two parties, in either direction.
//
// $pairs        rows of {source, target, type}
// relationship  its properties
// source        the party it starts at
// target        the party it leads to

UNWIND $pairs AS pair
MATCH (one:Party {id: pair.source})
MATCH (other:Party {id: pair.target})
MATCH (one)-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-(other)
WHERE relationship.type = pair.type
RETURN DISTINCT properties(relationship) AS relationship, startNode(relationship).id AS source,
       endNode(relationship).id AS target
