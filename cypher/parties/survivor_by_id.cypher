// The party of this id; of one that was merged away, the one into which, in the end.
//
// $id    its id
// party  the party

MATCH (:Party {id: $id})-[:MERGED_INTO]->*(party)
WHERE NOT EXISTS { (party)-[:MERGED_INTO]->() }
RETURN party
