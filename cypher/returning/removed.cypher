// The records that an operation has removed and that are no relationships: what was asked for, and what went with it.
//
// $operation  the operation
// record      which
// party       in whose history it stands
// old         before, JSON text, null: it was erased

MATCH (change:Change {operation: $operation})
WHERE change.record IS NOT NULL AND change.new IS NULL
RETURN change.record AS record, change.party AS party, change.old AS old
ORDER BY record
