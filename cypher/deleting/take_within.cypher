// Removes some relationships made within households that an operation deletes.
//
// $operation    the operation
// $size         at most so many
// removed       of each its properties, the party it starts at and the party it leads to; when it was made is
//               text, since moments take long to be read

MATCH (household:Deleted {deleted_by: $operation})<-[:MEMBER_OF]-(member)
WITH DISTINCT household.id AS id, member
MATCH (member)-[edge:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|REPRESENTS]-()
WHERE edge.household = id
WITH DISTINCT edge LIMIT $size
WITH edge, startNode(edge).id AS source, endNode(edge).id AS target,
     edge {.id, .type, .valid_from, .valid_to, .responsibility, .property_codes, .property_values, .note, .role,
           .is_head, .is_primary, .household, .within_until, .version, .created_by,
           created_at: toString(edge.created_at),
           valid_from_day: CASE WHEN edge.household IS NULL THEN NULL ELSE edge.valid_from_day END} AS relationship
DELETE edge
RETURN collect([relationship, source, target]) AS removed
