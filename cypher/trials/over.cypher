// Definitions on a trial that nobody has kept up, since whoever put it up was killed.
//
// scans what is defined: there are dozens, not thousands.
//
// id     the relationship type or responsibility
// token  whose the trial is

MATCH (definition:RelationshipType|Responsibility)
WHERE definition.tightening IS NOT NULL AND coalesce(definition.tightening_until < datetime(), TRUE)
RETURN definition.id AS id, definition.tightening AS token
ORDER BY id
