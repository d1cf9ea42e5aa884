// What a new case is judged by.
//
// $customer   the customer
// $household  as whose member the customer has it, null: none
// $today      today
// status      the customer's
// survivor    of one who was merged away: into whom, in the end
// is_member   whether the customer is a member of the household today

MATCH (party:Party {id: $customer})
RETURN party.status AS status, COLLECT {
  MATCH (party)-[:MERGED_INTO]->+(survivor)
  WHERE NOT EXISTS { (survivor)-[:MERGED_INTO]->() }
  RETURN survivor.id
}[0] AS survivor, EXISTS {
  MATCH (party)-[membership:MEMBER_OF]->(:Party {id: $household})
  WHERE coalesce(membership.valid_from_day <= $today, TRUE) AND coalesce(membership.valid_to_day > $today, TRUE)
} AS is_member
