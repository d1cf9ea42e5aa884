// What is to be deleted, or was: a party, a relationship type, a responsibility, or what was kept of one.
//
// $id         its id
// labels      what it is
// properties  all that is stored of it

CALL () {
  MATCH (found:Party {id: $id})
  RETURN found
UNION ALL
  MATCH (found:RelationshipType {id: $id})
  RETURN found
UNION ALL
  MATCH (found:Responsibility {id: $id})
  RETURN found
UNION ALL
  MATCH (found:Deleted {id: $id})
  RETURN found
}
RETURN labels(found) AS labels, properties(found) AS properties
