// The points type of an adjustment.
//
// entry        the adjustment
// points_type  its type

MATCH (points_type:PointsType {code: entry.type})
RETURN points_type
