// The adjustment of points of this id, unless its customer is deleted.
//
// $id    its id
// entry  it

MATCH (entry:PointsEntry {id: $id})
WHERE EXISTS { MATCH (:Party {id: entry.party}) }
RETURN entry
