// Notes why a part of a job could not be done; the job goes on with whoever takes it on next.
//
// $id       which
// $owner    who was at it
// $refusal  why
// $at       when

MATCH (job:Job {id: $id})
SET job._lock = TRUE
WITH job
WHERE job.owner = $owner AND job.state = 'RUNNING'
SET job.refusal = $refusal, job.updated_at = $at
FINISH
