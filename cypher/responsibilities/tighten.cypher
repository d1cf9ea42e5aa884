// Puts a narrower rule of a responsibility on trial, if the responsibility still has the version that was read.
//
// $id        which
// $version   the version that was read
// $narrowed  its properties, what is narrower in place of what was
// $token     who does so
// $before    its properties as they were, as JSON text
// $seconds   so long it stands unless it is renewed

MATCH (responsibility:Responsibility {id: $id})
SET responsibility._lock = TRUE
WITH responsibility
WHERE responsibility.version = $version
SET responsibility += $narrowed, responsibility.tightening = $token, responsibility.before = $before,
    responsibility.tightening_until = datetime() + duration({seconds: $seconds})
