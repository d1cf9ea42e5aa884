// The cases that customers have as members of a household, the latest first.
//
// party      the household
// $status    OPEN or CLOSED, null: both
// this_case  the case

MATCH (this_case:Case {household: party.id})
WHERE this_case.id IS NOT NULL AND this_case.status IS NOT NULL
  AND ($status IS NULL OR this_case.status = $status)
RETURN this_case
ORDER BY this_case.household DESC, this_case.id DESC
