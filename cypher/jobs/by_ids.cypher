// The jobs of these ids.
//
// $ids  their ids
// job   it

UNWIND $ids AS id
MATCH (job:Job {id: id})
RETURN job
