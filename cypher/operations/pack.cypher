// Writes down what an operation changed of many records, in one node and in nobody's history.
//
// $operation  the operation
// $place      which of its nodes it is, from 1
// $records    JSON text: rows of record, old and new
// $count      how many

CREATE (:Packed {operation: $operation, place: $place, records: $records, count: $count})
