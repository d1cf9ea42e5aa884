// What rules ask of the parties at the ends of a relationship.
//
// $ids        which parties
// id          the party
// kind        its kind
// group_type  of a group: the code of the type that it is of
// roles       of somebody of the staff: what he or she may do
// survivor    of one that was merged away: into whom, in the end

UNWIND $ids AS id
MATCH (party:Party {id: id})
RETURN party.id AS id, party.kind AS kind, party.group_type AS group_type, party.roles AS roles,
       COLLECT {
         MATCH (party)-[:MERGED_INTO]->+(survivor)
         WHERE NOT EXISTS { (survivor)-[:MERGED_INTO]->() }
         RETURN survivor.id
       }[0] AS survivor
