// Cases once nobody else changes them.
//
// What was deleted while it was waited for has no id any more.
//
// $ids        which, in order
// properties  the case's properties

UNWIND $ids AS id
MATCH (this_case:Case {id: id})
SET this_case._lock = TRUE
WITH this_case
WHERE this_case.id IS NOT NULL
RETURN properties(this_case) AS properties
