// Ends the trial of a narrower rule: the relationship type is as it was.
//
// $id          which
// $properties  its properties as they were; null removes one

MATCH (type:RelationshipType {id: $id})
SET type += $properties
REMOVE type.tightening, type.tightening_until, type.before
