// What was kept of cases when their customer was deleted.
//
// $customer  the customer
// id         the case

MATCH (kept:Deleted {customer: $customer})
RETURN kept.id AS id
