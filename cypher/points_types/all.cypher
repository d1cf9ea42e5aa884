// Points types, by code.
//
// $active      only active, or only inactive ones, null: both
// points_type  the type

MATCH (points_type:PointsType)
WHERE ($active IS NULL OR points_type.active = $active)
RETURN points_type
ORDER BY points_type.code
