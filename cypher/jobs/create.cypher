// Makes a job, for whoever takes it on first.
//
// $id         its id
// $kind       what it does
// $operation  the operation that it is part of, null: none
// $record     what it is about, null: nothing in particular
// $cursor     from where it goes on, '' at the beginning
// $at         when
// $by         who asked for it

CREATE (:Job {id: $id, kind: $kind, state: 'QUEUED', operation: $operation, record: $record, done: 0, batches: 0,
              cursor: $cursor, created_at: $at, created_by: $by, updated_at: $at})
FINISH
