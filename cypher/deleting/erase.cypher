// Removes for good what was kept of records: external ids are free again, and what is found by the record's id goes:
// comments on a case, a customer's ledger, the sessions of whoever signed in.
//
// $ids   which
// count  how many there were

UNWIND $ids AS id
MATCH (kept:Deleted {id: id})
CALL (kept) {
  MATCH (external:ExternalId)-[:IDENTIFIES]->(kept)
  DETACH DELETE external
}
CALL (id) {
  MATCH (comment:CaseComment {case: id})
  WHERE comment.place IS NOT NULL
  DELETE comment
}
CALL (id) {
  MATCH (entry:PointsEntry {party: id})
  WHERE entry.place IS NOT NULL
  DELETE entry
}
CALL (id) {
  MATCH (session:Session {party: id})
  DELETE session
}
DETACH DELETE kept
RETURN count(*) AS count
