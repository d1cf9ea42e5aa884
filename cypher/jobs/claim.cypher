// Takes on a job that nobody is at: nobody ever was, or whoever was has not been heard of for as long as he or she might,
// or it is the owner's own, who was cut off from it; that comes after the others, since it may fail again.
//
// $owner    who takes it on
// $seconds  so long may pass until the owner is heard of again
// job       its properties

MATCH (job:Job)
WHERE job.state IN ['QUEUED', 'RUNNING'] AND job.id IS NOT NULL
  AND coalesce(job.owner = $owner OR job.lease_until < datetime(), TRUE)
WITH job ORDER BY coalesce(job.owner = $owner, FALSE), job.id LIMIT 1
SET job._lock = TRUE
WITH job
WHERE job.state IN ['QUEUED', 'RUNNING'] AND coalesce(job.owner = $owner OR job.lease_until < datetime(), TRUE)
SET job.state = 'RUNNING', job.owner = $owner, job.lease_until = datetime() + duration({seconds: $seconds})
RETURN properties(job) AS job
