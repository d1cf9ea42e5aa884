// Notes how far a job has come, in the transaction that did a part of it; only its owner may.
//
// $id       which
// $owner    who is at it
// $count    how many records were done in this part
// $found    how many things were found in it
// $cursor   up to where it came
// $refusal  why what it has done is taken back, null: it isn't
// $at       when
// $seconds  so long may pass until the owner is heard of again
// batches   how many parts are done

MATCH (job:Job {id: $id})
SET job._lock = TRUE
WITH job
WHERE job.owner = $owner AND job.state = 'RUNNING'
SET job.done = job.done + $count, job.found = coalesce(job.found, 0) + $found, job.batches = job.batches + 1,
    job.cursor = $cursor, job.updated_at = $at, job.refusal = $refusal,
    job.lease_until = datetime() + duration({seconds: $seconds})
RETURN job.batches AS batches
