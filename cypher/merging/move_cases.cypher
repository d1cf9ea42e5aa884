// Gives cases to another customer.
//
// $ids       which
// $customer  whose they become
// $at        when

UNWIND $ids AS id
MATCH (this_case:Case {id: id})
SET this_case.customer = $customer, this_case.version = this_case.version + 1, this_case.updated_at = $at
FINISH
