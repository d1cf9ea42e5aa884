// What is out of sight by the code of a type or responsibility; until it is gone, or back, nobody else may have the code.
//
// scans what hides: there are a few.
//
// $type            the code of a type, null: of none
// $responsibility  of a responsibility, null: of none
// id               the operation that hides it

MATCH (hiding:Hiding)
WHERE hiding.type = $type OR hiding.responsibility = $responsibility
RETURN hiding.id AS id
