// The party that another system knows by this id.
//
// $external_id  {system, value}
// party         the party

MATCH (:ExternalId {key: $external_id.system + '|' + $external_id.value})-[:IDENTIFIES]->(party:Party)
RETURN party
