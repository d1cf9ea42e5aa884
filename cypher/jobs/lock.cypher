// Locks a job, and reads it then.
//
// $id  which
// job  its properties

MATCH (job:Job {id: $id})
SET job._lock = TRUE
RETURN properties(job) AS job
