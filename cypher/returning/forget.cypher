// Forgets some of what a job had removed and kept, since it is back: it has personal values, and nobody reads it any more.
//
// $operation  the operation that had deleted it
// $size       so many nodes of it
// count       how many there were

MATCH (packed:Packed {operation: $operation})
WHERE packed.place > 0
WITH packed LIMIT $size
DELETE packed
RETURN count(*) AS count
