// Whether what an operation has taken out of sight is not gone yet, or is coming back.
//
// $operation  which
// hiding      true or false
//
// scans what hides: there are a few.

RETURN EXISTS { MATCH (hiding:Hiding) WHERE $operation IN [hiding.id, hiding.restores] } AS hiding
