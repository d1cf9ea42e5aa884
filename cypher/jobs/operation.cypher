// The operation that a job is part of.
//
// job        it
// operation  the operation

MATCH (operation:Operation {id: job.operation})
RETURN operation
