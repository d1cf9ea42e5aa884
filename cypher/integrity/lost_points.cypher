// Adjustments of points that are of no customer, not of one that is deleted either, or of no points type.
//
// scans adjustments, and seeks the customer and the type of each.
//
// $most    records of at most so many
// count    how many
// records  [id of the adjustment] each

MATCH (entry:PointsEntry)
WHERE NOT ((EXISTS { MATCH (:Party {id: entry.party}) } OR EXISTS { MATCH (:Deleted {id: entry.party}) }) AND EXISTS { MATCH (:PointsType {code: entry.type}) })
RETURN count(*) AS count, collect([entry.id])[..$most] AS records
