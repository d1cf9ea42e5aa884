// All that an operation changed.
//
// operation  it
// change     one record that it changed
// record     which
// whose      in whose history it stands

MATCH (change:Change {operation: operation.id})
WHERE change.record IS NOT NULL
RETURN change, change.record AS record, coalesce(change.party, '') AS whose
ORDER BY record, whose
