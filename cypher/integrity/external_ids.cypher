// External ids that do not identify exactly one party, or what was kept of one that is deleted.
//
// scans external ids, each of which has one edge.
//
// $most    records of at most so many
// count    how many
// records  [key] each

MATCH (external:ExternalId)
WHERE COUNT { (external)-[:IDENTIFIES]->(:Party|Deleted) } <> 1
RETURN count(*) AS count, collect([external.key])[..$most] AS records
