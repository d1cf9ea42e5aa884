// The cases of a number, for viewers who see the texts only of those cases that relationships grant to view: these are found
// by their texts, too. The latest first.
//
// $search    the words typed, as domain/cases.py makes them
// $status    OPEN or CLOSED, null: both
// $customer  of this customer, null: all
// $assignee  of those that this member of the staff looks after, null: all
// this_case  the case

MATCH (this_case:Case)
WHERE this_case.search CONTAINS $search[0] AND all(word IN $search WHERE this_case.search CONTAINS word)
  AND (all(word IN $search WHERE this_case.number CONTAINS word) OR case_reached(this_case))
  AND ($status IS NULL OR this_case.status = $status)
  AND ($customer IS NULL OR this_case.customer = $customer)
  AND ($assignee IS NULL OR this_case.assignee = $assignee)
RETURN this_case
ORDER BY this_case.id DESC
