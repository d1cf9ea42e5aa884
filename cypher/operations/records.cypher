// The records that an operation changed, each once, in whosever history it stands.
//
// $id     the operation
// record  which
// old     before, JSON text; null: it was made
// new     after, JSON text; null: it was removed

MATCH (change:Change {operation: $id})
WHERE change.record IS NOT NULL
WITH change.record AS record, head(collect(change)) AS change ORDER BY record
RETURN record, change.old AS old, change.new AS new
