// The cases of whom relationships of a consumer may reach, and the consumer's own, the latest first; which of them may be
// viewed is tested behind it.
//
// $viewer    the consumer
// $status    OPEN or CLOSED, null: both
// $customer  of this customer, null: all
// $assignee  of those that this member of the staff looks after, null: all
// this_case  the case

MATCH (consumer:Party {id: $viewer})
CALL (consumer) {
  RETURN consumer AS party
UNION
  MATCH (consumer)-[:REPRESENTS]->(party)
  RETURN party
UNION
  MATCH (consumer)-[:MEMBER_OF]->()<-[:MEMBER_OF]-{0,1}(party)
  RETURN party
}
CALL (party) {
  MATCH (this_case:Case {customer: party.id})
  WHERE this_case.id IS NOT NULL AND this_case.status IS NOT NULL
  RETURN this_case
UNION
  MATCH (this_case:Case {household: party.id})
  WHERE this_case.id IS NOT NULL AND this_case.status IS NOT NULL
  RETURN this_case
}
WITH DISTINCT this_case
WHERE ($status IS NULL OR this_case.status = $status)
  AND ($customer IS NULL OR this_case.customer = $customer)
  AND ($assignee IS NULL OR this_case.assignee = $assignee)
RETURN this_case
ORDER BY this_case.id DESC
