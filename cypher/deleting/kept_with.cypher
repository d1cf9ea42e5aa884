// What is kept out of sight that is a party's, be it kept as well or not: cases, and those who were merged into it.
//
// $party  the party
// id      the record

CALL () {
  MATCH (party:Party {id: $party})
  RETURN party
UNION
  MATCH (party:Deleted {id: $party})
  RETURN party
}
MATCH (party)<-[:MERGED_INTO]-*(one)
CALL (one) {
  WITH one
  WHERE one:Deleted AND one.id <> $party
  RETURN one.id AS id
UNION
  MATCH (this_case:Deleted {customer: one.id})
  RETURN this_case.id AS id
}
RETURN id
ORDER BY id
