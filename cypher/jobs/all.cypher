// Every job, the latest first.
//
// $states  in one of these states, null: all
// job      the job

MATCH (job:Job)
WHERE job.id IS NOT NULL AND ($states IS NULL OR job.state IN $states)
RETURN job
ORDER BY job.id DESC
