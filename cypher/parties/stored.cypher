// All that is stored of parties, for rules that change it.
//
// $ids          which parties
// id            the party
// kind          its kind
// version       its version
// properties    its properties, bookkeeping included
// external_ids  its ids elsewhere, as {system, value}
// survivor      of one that was merged away: into whom, in the end

UNWIND $ids AS id
MATCH (party:Party {id: id})
RETURN party.id AS id, party.kind AS kind, party.version AS version, properties(party) AS properties,
       COLLECT {
         MATCH (external:ExternalId)-[:IDENTIFIES]->(party)
         RETURN {system: external.system, value: external.value}
         ORDER BY external.key
       } AS external_ids,
       COLLECT {
         MATCH (party)-[:MERGED_INTO]->+(survivor)
         WHERE NOT EXISTS { (survivor)-[:MERGED_INTO]->() }
         RETURN survivor.id
       }[0] AS survivor
