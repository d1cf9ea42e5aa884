// Changes a points type.
//
// $id          which
// $properties  what to set; null removes one
// $at          when

MATCH (type:PointsType {id: $id})
SET type += $properties, type.version = type.version + 1, type.updated_at = $at
