// The next of what a job has removed and kept, in the order in which it was.
//
// $operation  the operation that deleted it
// $after      the place after which it comes, 0 for the first
// $naming     what must stand in it, '' for anything
// place       where it stands
// records     JSON text: rows of record, old and new

MATCH (packed:Packed {operation: $operation})
WHERE packed.place > $after AND packed.records CONTAINS $naming
RETURN packed.place AS place, packed.records AS records
ORDER BY packed.place LIMIT 1
