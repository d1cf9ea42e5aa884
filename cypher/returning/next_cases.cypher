// The next cases that an operation has changed, in the order of their ids.
//
// $operation  the operation
// $after      the id after which they come, '' for the first
// $size       at most so many
// record      the case
// party       in whose history it stands
// old         before, JSON text
// new         after, JSON text

MATCH (change:Change {operation: $operation})
WHERE change.record > $after AND change.old IS NOT NULL AND change.new IS NOT NULL
RETURN change.record AS record, change.party AS party, change.old AS old, change.new AS new
ORDER BY record LIMIT $size
