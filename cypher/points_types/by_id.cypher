// The points type of this id.
//
// $id          its id
// points_type  the type

MATCH (points_type:PointsType {id: $id})
RETURN points_type
