// The adjustment of points of this id.
//
// $id    its id
// entry  it

MATCH (entry:PointsEntry {id: $id})
RETURN entry
