// Ends a job, in the transaction of its last part.
//
// $id       which
// $owner    who is at it
// $state    DONE, FAILED or CANCELLED
// $refusal  why it is not done, null: it is
// $at       when
// id        the job, if it was the owner's

MATCH (job:Job {id: $id})
SET job._lock = TRUE
WITH job
WHERE job.owner = $owner AND job.state = 'RUNNING'
SET job.state = $state, job.refusal = $refusal, job.updated_at = $at, job.owner = NULL, job.lease_until = NULL
RETURN job.id AS id
