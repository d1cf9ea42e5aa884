// The adjustments of points of these ids.
//
// $ids   their ids
// entry  the adjustment

UNWIND $ids AS id
MATCH (entry:PointsEntry {id: id})
RETURN entry
