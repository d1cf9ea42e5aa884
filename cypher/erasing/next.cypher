// The next of what operations have packed, in the order of operations and places; who is named there is written nowhere
// else.
//
// $ids        parties
// $operation  of which operation was the last, '' before the first
// $place      where it stood
// $size       how many at most
// operation   of which operation it is
// place       where it stands
// records     JSON text: rows of record, old and new; null where it names none of the parties

MATCH (packed:Packed)
WHERE packed.operation >= $operation AND packed.place > 0
  AND (packed.operation > $operation OR packed.place > $place)
WITH packed ORDER BY packed.operation, packed.place LIMIT $size
RETURN packed.operation AS operation, packed.place AS place,
       CASE WHEN any(id IN $ids WHERE packed.records CONTAINS id) THEN packed.records END AS records
