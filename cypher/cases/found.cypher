// The cases whose number, subject and description hold all the words typed, the latest first.
//
// $search    the words, as domain/cases.py makes them, the longest first
// $status    OPEN or CLOSED, null: both
// $customer  of this customer, null: all
// $assignee  of those that this member of the staff looks after, null: all
// this_case  the case

MATCH (this_case:Case)
WHERE this_case.search CONTAINS $search[0] AND all(word IN $search WHERE this_case.search CONTAINS word)
  AND ($status IS NULL OR this_case.status = $status)
  AND ($customer IS NULL OR this_case.customer = $customer)
  AND ($assignee IS NULL OR this_case.assignee = $assignee)
RETURN this_case
ORDER BY this_case.id DESC
