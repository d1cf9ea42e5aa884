// Every responsibility, by code.
//
// responsibility  it

MATCH (responsibility:Responsibility)
RETURN responsibility
ORDER BY responsibility.code
