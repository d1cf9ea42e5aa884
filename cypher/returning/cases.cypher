// Cases once nobody else changes them.
//
// $ids        which, in order
// properties  the case's properties

UNWIND $ids AS id
MATCH (this_case:Case {id: id})
SET this_case._lock = TRUE
RETURN properties(this_case) AS properties
