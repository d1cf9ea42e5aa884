// Makes parties, with their external ids.
//
// $parties  rows of {id, kind, properties, external_ids: [{key, system, value}]}
// $at       when

UNWIND $parties AS row
CREATE (party:Party:$(row.kind) {id: row.id, kind: row.kind, version: 1, created_at: $at, updated_at: $at})
SET party += row.properties
WITH party, row
UNWIND row.external_ids AS external
CREATE (:ExternalId {key: external.key, system: external.system, value: external.value})-[:IDENTIFIES]->(party)
