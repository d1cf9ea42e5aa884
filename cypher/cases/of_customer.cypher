// The cases of a customer, the latest first.
//
// party      whose they are
// $status    OPEN or CLOSED, null: both
// this_case  the case

MATCH (this_case:Case {customer: party.id})
WHERE this_case.id IS NOT NULL AND this_case.status IS NOT NULL
  AND ($status IS NULL OR this_case.status = $status)
RETURN this_case
ORDER BY this_case.customer DESC, this_case.id DESC
