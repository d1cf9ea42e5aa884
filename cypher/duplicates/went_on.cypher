// Notes up to which operation changes were looked at for duplicates.
//
// $operation  its id

MERGE (progress:Progress {name: 'duplicates'})
SET progress.operation = $operation
