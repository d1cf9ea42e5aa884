// Every responsibility, for rules.
//
// scans them all: there are dozens, not thousands.
//
// responsibility  its properties

MATCH (responsibility:Responsibility)
RETURN properties(responsibility) AS responsibility
ORDER BY responsibility.code
