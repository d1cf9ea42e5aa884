// What a new case is judged by.
//
// $customer   the customer
// $household  as whose member the customer has it, null: none
// $today      today
// status      the customer's
// is_member   whether the customer is a member of the household today

MATCH (party:Party {id: $customer})
RETURN party.status AS status, EXISTS {
  MATCH (party)-[membership:MEMBER_OF]->(:Party {id: $household})
  WHERE coalesce(membership.valid_from_day <= $today, TRUE) AND coalesce(membership.valid_to_day > $today, TRUE)
} AS is_member
