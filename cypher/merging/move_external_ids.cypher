// Has external ids identify another party.
//
// $keys   which
// $party  whose they become

UNWIND $keys AS key
MATCH (external:ExternalId {key: key})-[identifies:IDENTIFIES]->()
DELETE identifies
WITH external
MATCH (party:Party {id: $party})
CREATE (external)-[:IDENTIFIES]->(party)
FINISH
