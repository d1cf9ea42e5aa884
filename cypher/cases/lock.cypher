// Locks a case and its customer, and reads the case then. All parties come first, in the order of their ids: others who
// hold one of them may come to the case.
//
// What was deleted while it was waited for has no id any more.
//
// $id         the case
// $parties    other parties to be locked
// customer    whose it was before
// properties  the case's properties

MATCH (this_case:Case {id: $id})
WITH this_case, this_case.customer AS customer
CALL (customer) {
  UNWIND [customer] + $parties AS id
  WITH DISTINCT id ORDER BY id
  MATCH (party:Party {id: id})
  SET party._lock = TRUE
}
SET this_case._lock = TRUE
WITH customer, this_case
WHERE this_case.id IS NOT NULL
RETURN customer, properties(this_case) AS properties
