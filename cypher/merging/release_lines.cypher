// Takes entries out of their places in a ledger, so that others can take these.
//
// $ids  which

UNWIND $ids AS id
MATCH (entry:PointsEntry {id: id})
SET entry.place = NULL
FINISH
