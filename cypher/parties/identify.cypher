// Gives a party the external ids named, and takes away those that are not.
//
// $id            whose
// $external_ids  rows of {key, system, value}

MATCH (party:Party {id: $id})
CALL (party) {
  MATCH (external:ExternalId)-[:IDENTIFIES]->(party)
  WHERE NOT external.key IN [row IN $external_ids | row.key]
  DETACH DELETE external
}
CALL (party) {
  UNWIND $external_ids AS row
  WITH party, row
  WHERE NOT EXISTS { (:ExternalId {key: row.key})-[:IDENTIFIES]->(party) }
  CREATE (:ExternalId {key: row.key, system: row.system, value: row.value})-[:IDENTIFIES]->(party)
}
FINISH
