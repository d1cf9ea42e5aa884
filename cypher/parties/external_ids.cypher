// The ids that other systems know a party by.
//
// party        whose they are
// external_id  the id

MATCH (external_id:ExternalId)-[:IDENTIFIES]->(party)
RETURN external_id
ORDER BY external_id.key
