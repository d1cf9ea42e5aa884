// The last operation whose changes were looked at for duplicates.
//
// operation  its id, '' where none was

OPTIONAL MATCH (progress:Progress {name: 'duplicates'})
RETURN coalesce(progress.operation, '') AS operation
