// Locks edge types and parties, both in the order given; the first statement of every transaction that touches edges.
//
// $edges  edge types whose cycles count, in order
// $ids    parties, in order

CALL () {
  UNWIND $edges AS edge
  MATCH (lock:Lock {id: edge})
  SET lock._lock = TRUE
}
UNWIND $ids AS id
MATCH (party:Party {id: id})
SET party._lock = TRUE
