// Changes whose operation is not there.
//
// scans changes, and seeks the operation of each.
//
// $most    records of at most so many
// count    how many
// records  [id of the record changed] each

MATCH (change:Change)
WHERE NOT EXISTS { MATCH (:Operation {id: change.operation}) }
RETURN count(*) AS count, collect([change.record])[..$most] AS records
