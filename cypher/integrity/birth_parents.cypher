// People with more than two parents by birth.
//
// scans people, each with the edges to their parents.
//
// $most    records of at most so many
// count    how many
// records  [id] each

MATCH (child:Consumer)
WHERE COUNT { MATCH (child)<-[:PARENT_OF {pedigree: 'BIRTH'}]-(parent) RETURN DISTINCT parent } > 2
RETURN count(*) AS count, collect([child.id])[..$most] AS records
