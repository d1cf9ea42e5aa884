// Into whom parties are merged in the end.
//
// $ids      which parties
// id        one that is merged
// survivor  the last of its chain

UNWIND $ids AS id
MATCH (:Party {id: id})-[:MERGED_INTO]->+(survivor)
WHERE NOT EXISTS { (survivor)-[:MERGED_INTO]->() }
RETURN id, survivor.id AS survivor
