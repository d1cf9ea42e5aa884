// Locks edge types and parties, both in the order given; the first statement of a transaction that touches edges, unless it
// takes these locks by another. Who is `tied` to what is coming back is refused (decision 29).
//
// $edges  edge types whose cycles count, in order
// $ids    parties, in order

CALL () {
  UNWIND $edges AS edge
  MATCH (lock:Lock {id: edge})
  SET lock._lock = TRUE
}
UNWIND $ids AS id
MATCH (tied:Party {id: id})
SET tied._lock = TRUE
