// Keeps a trial up, if it is still there.
//
// $id       the relationship type or responsibility
// $token    whose the trial is
// $seconds  so long it stands from now on

MATCH (definition:RelationshipType|Responsibility {id: $id})
SET definition._lock = TRUE
WITH definition
WHERE definition.tightening = $token
SET definition.tightening_until = datetime() + duration({seconds: $seconds})
