// The one into whom a customer was merged, in the end.
//
// party     the customer
// last      the other, for a moment

MATCH (party)-[:MERGED_INTO]->+(last)
WHERE NOT EXISTS { (last)-[:MERGED_INTO]->() }
RETURN last AS party
