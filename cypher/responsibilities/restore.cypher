// Ends the trial of a narrower rule: the responsibility is as it was.
//
// $id          which
// $properties  its properties as they were; null removes one

MATCH (responsibility:Responsibility {id: $id})
SET responsibility += $properties
REMOVE responsibility.tightening, responsibility.tightening_until, responsibility.before
