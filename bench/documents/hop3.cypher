// A customer's partners, by start, and descendants, by birth, three levels of them.
//
// $id  whose

MATCH (root:Party {id: $id})
RETURN {node: {
  id: root.id, name: root.name, birthDate: root.birth_date,
  partners: COLLECT {
    MATCH (root)-[marriage:PARTNER_OF]-(partner)
    WITH marriage, partner ORDER BY coalesce(toString(marriage.valid_from_day), ''), marriage.id
    RETURN {
      relationship: {validFrom: marriage.valid_from, validTo: marriage.valid_to},
      party: {id: partner.id, name: partner.name, birthDate: partner.birth_date}
    }
  },
  children: COLLECT {
    MATCH (root)-[birth:PARENT_OF]->(child)
    WITH birth, child ORDER BY child.birth_date_earliest, child.id, birth.id
    RETURN {party: {
      id: child.id, name: child.name, birthDate: child.birth_date,
      partners: COLLECT {
        MATCH (child)-[marriage:PARTNER_OF]-(partner)
        WITH marriage, partner ORDER BY coalesce(toString(marriage.valid_from_day), ''), marriage.id
        RETURN {
          relationship: {validFrom: marriage.valid_from, validTo: marriage.valid_to},
          party: {id: partner.id, name: partner.name, birthDate: partner.birth_date}
        }
      },
      children: COLLECT {
        MATCH (child)-[second_birth:PARENT_OF]->(grandchild)
        WITH second_birth, grandchild ORDER BY grandchild.birth_date_earliest, grandchild.id, second_birth.id
        RETURN {party: {
          id: grandchild.id, name: grandchild.name, birthDate: grandchild.birth_date,
          partners: COLLECT {
            MATCH (grandchild)-[marriage:PARTNER_OF]-(partner)
            WITH marriage, partner ORDER BY coalesce(toString(marriage.valid_from_day), ''), marriage.id
            RETURN {
              relationship: {validFrom: marriage.valid_from, validTo: marriage.valid_to},
              party: {id: partner.id, name: partner.name, birthDate: partner.birth_date}
            }
          },
          children: COLLECT {
            MATCH (grandchild)-[third_birth:PARENT_OF]->(last)
            WITH third_birth, last ORDER BY last.birth_date_earliest, last.id, third_birth.id
            RETURN {party: {id: last.id, name: last.name, birthDate: last.birth_date}}
          }
        }}
      }
    }}
  }
}} AS data
