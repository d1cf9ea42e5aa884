// Keeps many relationships that a job has removed, in one node.
//
// $operation  the operation that deletes them
// $place      which of its nodes it is, from 1
// $records    JSON text
// $count      how many

CREATE (:Packed {operation: $operation, place: $place, records: $records, count: $count})
FINISH
