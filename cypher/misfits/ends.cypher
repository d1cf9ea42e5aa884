// Parties that have more relationships of a type than a limit, whenever these hold.
//
// $edge    the edge type
// $type    the code of the type
// $source  count them at their sources
// $target  count them at their targets
// $limit   the limit
// ids      the parties
//
// Reads all of the edge type: it is asked where a type changes, which is rare, and no index tells it.

MATCH (source)-[edge:$($edge)]->(target)
WHERE edge.type = $type
UNWIND CASE WHEN $source AND $target THEN [source, target] WHEN $source THEN [source] ELSE [target] END AS party
WITH party.id AS id, count(*) AS count
WHERE count > $limit
WITH id ORDER BY id
RETURN collect(id) AS ids
