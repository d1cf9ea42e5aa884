// Holds edge types over which cycles count and of which something comes back, until all of it is back.
//
// $operation  by which it comes back
// $edges      the edge types

MATCH (hiding:Hiding {id: $operation})
SET hiding.edges = coalesce(hiding.edges, []) + [edge IN $edges WHERE NOT edge IN coalesce(hiding.edges, [])]
FINISH
