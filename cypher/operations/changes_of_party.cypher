// What an operation changed that stands in a party's history, or in that of one who was merged into it.
//
// operation  it
// whose      the party
// change     one record that it changed
// record     which
// holder     in whose history of these it stands

MATCH (whose)<-[:MERGED_INTO]-*(once)
MATCH (change:Change {party: once.id, operation: operation.id})
RETURN change, change.record AS record, once.id AS holder
ORDER BY record, holder
