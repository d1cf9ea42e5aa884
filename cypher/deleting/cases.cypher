// Cases that name one of some parties: as their customer, their household or who looks after them.
//
// $ids        the parties
// $most       at most so many
// properties  the case's properties

UNWIND $ids AS id
CALL (id) {
  MATCH (found:Case {customer: id})
  WHERE found.id IS NOT NULL AND found.status IS NOT NULL
  RETURN found
UNION
  MATCH (found:Case {household: id})
  WHERE found.id IS NOT NULL AND found.status IS NOT NULL
  RETURN found
UNION
  MATCH (found:Case {assignee: id})
  WHERE found.id IS NOT NULL AND found.status IS NOT NULL
  RETURN found
}
WITH DISTINCT found LIMIT $most
RETURN properties(found) AS properties
