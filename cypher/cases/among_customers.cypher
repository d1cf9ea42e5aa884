// The cases of one customer among all, the latest first; of one who was merged away, those of the one into whom.
//
// $status    OPEN or CLOSED, null: both
// $customer  the customer
// $assignee  of those that this member of the staff looks after, null: all
// this_case  the case

WITH coalesce(COLLECT {
  MATCH (:Party {id: $customer})-[:MERGED_INTO]->+(survivor)
  WHERE NOT EXISTS { (survivor)-[:MERGED_INTO]->() }
  RETURN survivor.id
}[0], $customer) AS owner
MATCH (this_case:Case {customer: owner})
WHERE this_case.id IS NOT NULL AND this_case.status IS NOT NULL
  AND ($status IS NULL OR this_case.status = $status)
  AND ($assignee IS NULL OR this_case.assignee = $assignee)
RETURN this_case
ORDER BY this_case.customer DESC, this_case.id DESC
