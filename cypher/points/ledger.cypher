// The adjustments of a customer's points, the latest first.
//
// party          whose they are
// $points_types  of types of these codes, null: all
// entry          the adjustment

MATCH (entry:PointsEntry {party: party.id})
WHERE entry.place IS NOT NULL AND ($points_types IS NULL OR entry.type IN $points_types)
RETURN entry
ORDER BY entry.place DESC
