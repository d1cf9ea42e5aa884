// Cancels a job that is waiting or under way, if it is of a kind that can be.
//
// $id     which
// $kinds  those that can be
// $at     when
// state   where it stood
// kind    what it does

MATCH (job:Job {id: $id})
SET job._lock = TRUE
WITH job, job.state AS state
CALL (job, state) {
  WITH job, state
  WHERE state IN ['QUEUED', 'RUNNING'] AND job.kind IN $kinds
  SET job.state = 'CANCELLED', job.updated_at = $at, job.owner = NULL, job.lease_until = NULL
}
RETURN state, job.kind AS kind
