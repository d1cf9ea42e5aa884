// The cases that are open, or those that are closed, the latest first.
//
// $status    OPEN or CLOSED
// $customer  of this customer, null: all
// $assignee  of those that this member of the staff looks after, null: all
// this_case  the case

MATCH (this_case:Case {status: $status})
WHERE this_case.id IS NOT NULL
  AND ($customer IS NULL OR this_case.customer = $customer)
  AND ($assignee IS NULL OR this_case.assignee = $assignee)
RETURN this_case
ORDER BY this_case.status DESC, this_case.id DESC
