// Parties in whose history operations stand that came after another, each with the last of those.
//
// $after     the operation after which they come, '' for all
// $most      of so many operations
// operation  the operation
// parties    the parties that it changed

MATCH (operation:Operation)
WHERE operation.id > $after
WITH operation ORDER BY operation.id LIMIT $most
RETURN operation.id AS operation,
       COLLECT {
         MATCH (change:Change {operation: operation.id})
         WHERE change.party IS NOT NULL
         RETURN DISTINCT change.party
       } AS parties
ORDER BY operation
