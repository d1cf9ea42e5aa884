// Whether an operation hides something that is not gone yet.
//
// $operation  which
// hiding      true or false

RETURN EXISTS { MATCH (hiding:Hiding {id: $operation}) } AS hiding
