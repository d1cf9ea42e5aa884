// The relationships of acyclic types that lead, over any number of steps, to these parties.
//
// $ids          the parties
// $types        codes of acyclic types of one edge
// relationship  its properties
// source        the party it starts at
// target        the party it leads to

UNWIND $ids AS id
MATCH (party:Party {id: id})
CALL (party) {
  MATCH (party)<-[steps:PARENT_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF*0..]-(ancestor)
  WHERE all(step IN steps WHERE step.type IN $types)
  RETURN DISTINCT ancestor
}
WITH DISTINCT ancestor
MATCH (ancestor)<-[relationship:PARENT_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-(source)
WHERE relationship.type IN $types
RETURN properties(relationship) AS relationship, source.id AS source, ancestor.id AS target
