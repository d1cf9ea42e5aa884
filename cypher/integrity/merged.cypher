// Customers among some who were merged away, or say so, and are not as a merge leaves them.
//
// $ids   the customers, among other parties
// id     one of them
// alone  whether the status and the one into whom do not say the same, or it is of another kind, or several, or deleted, or
//        it was done by no operation
// loops  whether the chain of those into whom leads back
// holds  whether there is a relationship, a case, an adjustment of points, a consent or an id elsewhere of it

UNWIND $ids AS id
MATCH (party:Party {id: id})
WHERE party.status = 'MERGED' OR EXISTS { (party)-[:MERGED_INTO]->() }
WITH party, COLLECT {
       MATCH (party)-[merge:MERGED_INTO]->(into)
       RETURN CASE WHEN into:Party AND EXISTS { MATCH (:Operation {id: merge.operation}) } THEN into.kind ELSE '' END
     } AS kinds
WITH party, party.status <> 'MERGED' OR kinds <> [party.kind] AS alone,
     EXISTS { (party)-[:MERGED_INTO]->+(party) } AS loops,
     EXISTS { (party)-[:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-() }
       OR EXISTS { MATCH (this_case:Case {customer: party.id}) WHERE this_case.id IS NOT NULL }
       OR EXISTS { MATCH (entry:PointsEntry {party: party.id}) WHERE entry.place IS NOT NULL }
       OR EXISTS { (party)-[:CONSENTS_TO]->() }
       OR EXISTS { (:ExternalId)-[:IDENTIFIES]->(party) } AS holds
WHERE alone OR loops OR holds
RETURN party.id AS id, alone, loops, holds
