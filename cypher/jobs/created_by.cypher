// The party that asked for a job, where it is one that Kith keeps.
//
// job    it
// party  who

MATCH (party:Party {id: job.created_by})
RETURN party
