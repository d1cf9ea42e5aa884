// The relationships of acyclic types that lead to some parties, or from some: one step of a lineage.
//
// $to     the parties to which they lead
// $of     the parties from which they lead
// $types  codes of acyclic types of one edge
// links   [id, type, source, target, valid_from, valid_to] each

CALL () {
  UNWIND $to AS id
  MATCH (source)-[link:PARENT_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]->(:Party {id: id})
  WHERE link.type IN $types
  RETURN link, source.id AS source, id AS target
  UNION
  UNWIND $of AS id
  MATCH (:Party {id: id})-[link:PARENT_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]->(target)
  WHERE link.type IN $types
  RETURN link, id AS source, target.id AS target
}
RETURN collect([link.id, link.type, source, target, link.valid_from, link.valid_to]) AS links
