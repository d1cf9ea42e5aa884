// Writes what is left of what an operation has packed, once something of it was erased.
//
// $operation  the operation
// $place      where it stands
// $records    JSON text: rows of record, old and new

MATCH (packed:Packed {operation: $operation, place: $place})
SET packed.records = $records
FINISH
