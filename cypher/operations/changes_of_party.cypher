// What an operation changed that stands in a party's history.
//
// operation  it
// whose      the party
// change     one record that it changed
// record     which

MATCH (change:Change {party: whose.id, operation: operation.id})
RETURN change, change.record AS record
ORDER BY record
