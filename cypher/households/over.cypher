// Some relationships made within a household of which an end has left.
//
// $today  today
// $size   at most so many
// id      which
// ends    the parties at its ends

MATCH (one)-[within:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|REPRESENTS]->(other)
WHERE within.within_until <= $today
WITH within, one, other LIMIT $size
RETURN within.id AS id, [one.id, other.id] AS ends
