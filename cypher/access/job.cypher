// Whether a viewer asked for a job.
//
// job      the job
// $viewer  the viewer
// value    true or false

RETURN (job.created_by = $viewer) AS value
