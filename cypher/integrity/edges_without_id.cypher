// Relationships without an id.
//
// scans relationships: there is no index of what is absent.
//
// $most    records of at most so many
// count    how many
// records  [id of the source, id of the target] each

MATCH (source)-[edge:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]->(target)
WHERE edge.id IS NULL
RETURN count(*) AS count, collect([source.id, target.id])[..$most] AS records
