// What was packed of an operation.
//
// $id      the operation
// records  JSON text: rows of record, old and new

MATCH (packed:Packed {operation: $id})
WHERE packed.place > 0
RETURN packed.records AS records
ORDER BY packed.place
