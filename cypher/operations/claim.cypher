// Claims an idempotency key for an operation, or tells of the one that was done under it.
//
// Who claims the same key at the same time waits until this transaction ends.
//
// $key       the key
// $id        the operation to be done under it
// $input     what stands for its input
// $at        when
// $expired   keys of before are free again
// operation  the operation that has the key: this one, or the one done before
// input      what stands for that one's input
// ids        what that one made or changed, null: nothing was done yet

CALL () {
  MATCH (old:Operation {idempotency_key: $key})
  WHERE old.created_at < $expired
  REMOVE old.idempotency_key
}
MERGE (operation:Operation {idempotency_key: $key})
ON CREATE SET operation.id = $id, operation.input = $input, operation.created_at = $at
RETURN operation.id AS operation, operation.input AS input, operation.answer AS ids
