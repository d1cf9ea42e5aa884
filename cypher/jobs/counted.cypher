// Notes how many records a job has to do, where that is known beforehand.
//
// $id     which
// $total  how many

MATCH (job:Job {id: $id})
SET job.total = $total
FINISH
