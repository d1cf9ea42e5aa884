// Makes a points type.
//
// $properties  its properties, id and code among them
// $at          when

CREATE (type:PointsType {version: 1, created_at: $at, updated_at: $at})
SET type += $properties
