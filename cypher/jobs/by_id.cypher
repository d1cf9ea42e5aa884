// The job of this id.
//
// $id  its id
// job  it

MATCH (job:Job {id: $id})
RETURN job
