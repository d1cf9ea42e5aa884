// The cases of whom relationships of a staff member may reach, the latest first; which of them may be viewed is tested
// behind it.
//
// $viewer    the staff member
// $status    OPEN or CLOSED, null: both
// $customer  of this customer, null: all
// $assignee  of those that this member of the staff looks after, null: all
// this_case  the case

MATCH (staff:Party {id: $viewer})
CALL (staff) {
  MATCH (staff)-[:SERVES]->(party)
  RETURN party
UNION
  MATCH (staff)-[:SERVES]->()<-[tie:MEMBER_OF|LINKED_TO]-(party)
  WHERE tie.category = 'GROUP' OR tie.type = 'CONTACT'
  RETURN party
UNION
  MATCH (staff)-[:SERVES]->()-[:OVERSEES]->{1,30}(party)
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
