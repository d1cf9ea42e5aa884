// The customer of this number; of one who was merged away, the one into whom, in the end.
//
// $number  the number
// party    the customer

MATCH (:Party {number: $number})-[:MERGED_INTO]->*(party)
WHERE NOT EXISTS { (party)-[:MERGED_INTO]->() }
RETURN party
