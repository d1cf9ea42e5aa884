// Locks members of households, and all to whom they are related within these, in the order of their ids: a
// relationship's days rest on the memberships of both its ends. Who is `tied` to what is coming back is refused (decision
// 29).
//
// $edges  edge types whose cycles count, in order; locked first
// $ids    other parties to be locked with them
// $pairs  rows of {member, household}
// related  how many others there are

CALL () {
  UNWIND $edges AS edge
  MATCH (lock:Lock {id: edge})
  SET lock._lock = TRUE
}
CALL () {
  UNWIND $pairs AS pair
  MATCH (member:Party {id: pair.member})-[within:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|REPRESENTS]-(other)
  WHERE within.household = pair.household
  RETURN collect(DISTINCT other.id) AS others
}
CALL (others) {
  UNWIND $ids + [pair IN $pairs | pair.member] + others AS id
  WITH DISTINCT id ORDER BY id
  MATCH (tied:Party {id: id})
  SET tied._lock = TRUE
}
RETURN size(others) AS related
