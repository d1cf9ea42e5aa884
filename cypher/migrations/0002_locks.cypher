// A lock for each edge type: who adds to an acyclic type takes it, since a cycle rests on more than its two ends.
//
// kind: data

UNWIND ['PARENT_OF', 'PARTNER_OF', 'OVERSEES', 'LINKED_TO', 'SERVES', 'REPRESENTS', 'MEMBER_OF'] AS id
MERGE (:Lock {id: id})
