// Puts a narrower rule of a relationship type on trial, if the type still has the version that was read.
//
// $id        which
// $version   the version that was read
// $narrowed  its properties, what is narrower in place of what was
// $token     who does so
// $before    its properties as they were, as JSON text
// $seconds   so long it stands unless it is renewed

MATCH (type:RelationshipType {id: $id})
SET type._lock = TRUE
WITH type
WHERE type.version = $version
SET type += $narrowed, type.tightening = $token, type.before = $before,
    type.tightening_until = datetime() + duration({seconds: $seconds})
