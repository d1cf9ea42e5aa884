// The adjustments of points of these ids, but of customers who are deleted.
//
// $ids   their ids
// entry  the adjustment

UNWIND $ids AS id
MATCH (entry:PointsEntry {id: id})
WHERE EXISTS { MATCH (:Party {id: entry.party}) }
RETURN entry
