// The points types of these ids.
//
// $ids         their ids
// points_type  the type

UNWIND $ids AS id
MATCH (points_type:PointsType {id: id})
RETURN points_type
