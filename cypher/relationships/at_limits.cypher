// Relationships of a type at an end where their number is limited, which may meet a period.
//
// $ends         rows of {party, type, outgoing, incoming, first, until}: as source, as target, and the days, null: open
// relationship  its properties
// source        the party it starts at
// target        the party it leads to

UNWIND $ends AS end
MATCH (party:Party {id: end.party})
MATCH (party)-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-()
WHERE relationship.type = end.type
  AND ((end.outgoing AND startNode(relationship) = party) OR (end.incoming AND endNode(relationship) = party))
  AND (end.first IS NULL OR relationship.valid_to_day IS NULL OR relationship.valid_to_day > end.first)
  AND (end.until IS NULL OR relationship.valid_from_day IS NULL OR relationship.valid_from_day < end.until)
RETURN DISTINCT properties(relationship) AS relationship, startNode(relationship).id AS source,
       endNode(relationship).id AS target
