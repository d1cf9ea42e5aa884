// Marks that two are not the same, or may be, that are not between two customers of one kind, not whole, or not the only one
// between the two. Those of deleted customers are kept as they were.
//
// scans these marks.
//
// $most    records of at most so many
// count    how many
// records  [id of the one, id of the other] each

MATCH (one)-[mark:NOT_SAME_AS|MAY_BE_SAME_AS]->(other)
WHERE mark.id IS NULL OR one = other OR coalesce(one.kind, '') <> coalesce(other.kind, '')
   OR NOT one:Consumer|Account|Deleted OR NOT other:Consumer|Account|Deleted
   OR COUNT { (one)-[:NOT_SAME_AS|MAY_BE_SAME_AS]-(other) } > 1
WITH one.id AS one, other.id AS other ORDER BY one, other
RETURN count(*) AS count, collect([one, other])[..$most] AS records
