// Removes for good what was kept of records: external ids are free again, and what is found by the record's id goes:
// comments on a case, a customer's ledger, sessions and passwords; and what a job removed with it. What else is stored by
// a party's id belongs here.
//
// $ids   which
// count  how many there were

UNWIND $ids AS id
MATCH (kept:Deleted {id: id})
CALL (kept) {
  MATCH (external:ExternalId)-[:IDENTIFIES]->(kept)
  DETACH DELETE external
}
CALL (kept) {
  MATCH (packed:Packed {operation: kept.deleted_by})
  WHERE packed.place IS NOT NULL
  DELETE packed
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
CALL (id) {
  MATCH (password:Password {party: id})
  DELETE password
}
CALL (id) {
  MATCH (reset:PasswordReset {consumer: id})
  DELETE reset
}
DETACH DELETE kept
RETURN count(*) AS count
