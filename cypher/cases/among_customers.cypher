// The cases of one customer among all, the latest first.
//
// $status    OPEN or CLOSED, null: both
// $customer  the customer
// $assignee  of those that this member of the staff looks after, null: all
// this_case  the case

MATCH (this_case:Case {customer: $customer})
WHERE this_case.id IS NOT NULL AND this_case.status IS NOT NULL
  AND ($status IS NULL OR this_case.status = $status)
  AND ($assignee IS NULL OR this_case.assignee = $assignee)
RETURN this_case
ORDER BY this_case.customer DESC, this_case.id DESC
