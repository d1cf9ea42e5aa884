// Every relationship type, for rules: cycles count over all acyclic types of an edge.
//
// scans them all: there are dozens, not thousands.
//
// type  its properties

MATCH (type:RelationshipType)
RETURN properties(type) AS type
ORDER BY type.code
