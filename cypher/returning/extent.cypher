// How many records an operation has removed or changed, whose job has packed most of them.
//
// $operation  the operation
// count       how many

CALL () {
  MATCH (packed:Packed {operation: $operation})
  WHERE packed.place > 0
  RETURN sum(packed.count) AS packed
}
RETURN packed + COUNT { MATCH (change:Change {operation: $operation}) WHERE change.record IS NOT NULL } AS count
