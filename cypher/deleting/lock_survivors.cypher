// Locks the customers into whom some of what an operation has deleted were merged, as far as they are there: whoever
// deletes one of them takes those along who are back.
//
// $ids        records
// $operation  the operation that deleted them

UNWIND $ids AS id
MATCH (kept:Deleted {id: id})-[:MERGED_INTO]->(into:Party)
WHERE kept.deleted_by = $operation
WITH DISTINCT into ORDER BY into.id
SET into._lock = TRUE
FINISH
