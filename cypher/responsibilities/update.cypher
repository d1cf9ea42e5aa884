// Changes a responsibility, and ends the trial of a narrower rule if there was one.
//
// $id          which
// $properties  what to set; null removes one
// $at          when

MATCH (responsibility:Responsibility {id: $id})
SET responsibility += $properties, responsibility.version = responsibility.version + 1, responsibility.updated_at = $at
REMOVE responsibility.tightening, responsibility.tightening_until, responsibility.before
