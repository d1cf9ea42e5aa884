// Whether what was deleted is coming back by a job, or soon will be.
//
// scans what hides: there are a few.
//
// returning  true or false

RETURN EXISTS { MATCH (hiding:Hiding) WHERE hiding.restores IS NOT NULL } AS returning
