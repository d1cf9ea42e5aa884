// Customers, each with its first hundred current relationships, by type, start and id.
//
// $ids    whose
// $kinds  what the kinds of parties are called in the answer
// $today  today

RETURN {nodes: COLLECT {
  UNWIND $ids AS id
  MATCH (hub:Party {id: id})
  RETURN {
    id: hub.id, kind: $kinds[hub.kind], name: hub.name,
    relationships: {edges: COLLECT {
      MATCH (hub)-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-(party)
      WHERE coalesce(relationship.valid_from_day <= $today, TRUE) AND coalesce(relationship.valid_to_day > $today, TRUE)
      WITH relationship, party
      ORDER BY relationship.type, coalesce(toString(relationship.valid_from_day), ''), relationship.id
      LIMIT 100
      RETURN {
        direction: CASE WHEN relationship.symmetric THEN NULL
                        WHEN startNode(relationship) = party THEN 'INCOMING'
                        ELSE 'OUTGOING' END,
        node: {
          id: relationship.id, type: {code: relationship.type},
          validFrom: relationship.valid_from, validTo: relationship.valid_to
        },
        party: {id: party.id, kind: $kinds[party.kind], name: party.name}
      }
    }}
  }
}} AS data
