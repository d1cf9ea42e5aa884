// Some cases that name a household, or somebody of the staff, whom an operation deletes.
//
// $operation  the operation
// $size       at most so many
// properties  the case's properties
// gone        whom it names

MATCH (party:Deleted {deleted_by: $operation})
CALL (party) {
  MATCH (found:Case {household: party.id})
  WHERE found.id IS NOT NULL AND found.status IS NOT NULL
  RETURN found
UNION
  MATCH (found:Case {assignee: party.id})
  WHERE found.id IS NOT NULL AND found.status IS NOT NULL
  RETURN found
}
WITH DISTINCT found, party.id AS gone LIMIT $size
RETURN properties(found) AS properties, gone
