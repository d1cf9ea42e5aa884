// Takes a locked job away from whoever is at it, since it was cancelled.
//
// $id       which
// $state    CANCELLED, or RUNNING where something is to be taken back by whoever takes it on next
// $cursor   from where that goes on
// $refusal  why
// $at       when

MATCH (job:Job {id: $id})
SET job.state = $state, job.cursor = $cursor, job.refusal = $refusal, job.updated_at = $at, job.owner = NULL,
    job.lease_until = NULL
FINISH
