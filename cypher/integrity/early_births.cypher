// People certainly born before a parent by birth: on the last day of theirs, before the first day of the parent's.
//
// scans every parentage.
//
// $most    records of at most so many
// count    how many
// records  [parent, child] each

MATCH (parent)-[link:PARENT_OF {pedigree: 'BIRTH'}]->(child)
WHERE child.birth_date_latest < parent.birth_date_earliest
RETURN count(*) AS count, collect([parent.id, child.id])[..$most] AS records
