// Changes a relationship type, and ends the trial of a narrower rule if there was one.
//
// $id          which
// $properties  what to set; null removes one
// $at          when

MATCH (type:RelationshipType {id: $id})
SET type += $properties, type.version = type.version + 1, type.updated_at = $at
REMOVE type.tightening, type.tightening_until, type.before
