// What an adjustment of a customer's points is judged by.
//
// $customer  the customer
// $code      the code of a points type
// standing   the properties that say where the customer stands
// types      codes of the types of which there are points
// balances   beside them, how many there are
// entries    how many entries the ledger has
// survivor   of one who was merged away: into whom, in the end
// type       the properties of the type, null: there is none of this code

MATCH (party:Party {id: $customer})
RETURN party {.status, .inactive_reason, .status_before} AS standing, party.points_types AS types,
       party.points_balances AS balances, party.points_entries AS entries,
       COLLECT {
         MATCH (party)-[:MERGED_INTO]->+(survivor)
         WHERE NOT EXISTS { (survivor)-[:MERGED_INTO]->() }
         RETURN survivor.id
       }[0] AS survivor,
       COLLECT { MATCH (type:PointsType {code: $code}) RETURN properties(type) }[0] AS type
