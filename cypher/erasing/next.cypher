// The next of what operations have packed that names one of some parties, in the order of operations and places. All that
// is packed is read for it, from the last one on: who is named there is written nowhere else.
//
// $ids        the parties
// $operation  of which operation was the last, '' before the first
// $place      where it stood
// operation   of which operation it is
// place       where it stands
// records     JSON text: rows of record, old and new

MATCH (packed:Packed)
WHERE packed.operation >= $operation AND packed.place > 0
  AND (packed.operation > $operation OR packed.place > $place)
  AND any(id IN $ids WHERE packed.records CONTAINS id)
RETURN packed.operation AS operation, packed.place AS place, packed.records AS records
ORDER BY packed.operation, packed.place LIMIT 1
