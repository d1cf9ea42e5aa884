// The history of a party: the operations that changed it, a relationship or points of it, or of those who were merged into
// it, the latest first.
//
// party      whose it is
// operation  what was done
// whose      the party
// id         the operation's id

MATCH (party)<-[:MERGED_INTO]-*(once)
MATCH (change:Change {party: once.id})
WHERE change.operation IS NOT NULL
WITH DISTINCT change.operation AS id
MATCH (operation:Operation {id: id})
RETURN operation, party AS whose, id
ORDER BY id DESC
