// The cases that one member of the staff looks after, the latest first.
//
// $status    OPEN or CLOSED, null: both
// $customer  of this customer, null: all
// $assignee  the member of the staff
// this_case  the case

MATCH (this_case:Case {assignee: $assignee})
WHERE this_case.id IS NOT NULL AND this_case.status IS NOT NULL
  AND ($status IS NULL OR this_case.status = $status)
  AND ($customer IS NULL OR this_case.customer = $customer)
RETURN this_case
ORDER BY this_case.assignee DESC, this_case.id DESC
