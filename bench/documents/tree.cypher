// Who descends from a customer in eight generations, with their partners and the other parents of their children, each
// as near as any way leads there; and for all of them their parents and partners.
//
// $root   from whom
// $today  today

MATCH way = (:Party {id: $root})-[:PARENT_OF]->{0,8}(member)
WITH member, min(length(way)) AS generation
CALL (member, generation) {
  RETURN member AS person, generation AS steps, generation AS place
UNION ALL
  MATCH (member)-[:PARTNER_OF]-(person)
  RETURN person, generation + 1 AS steps, generation AS place
UNION ALL
  MATCH (member)<-[:PARENT_OF]-(person)
  WHERE generation > 0
  RETURN person, generation + 1 AS steps, generation - 1 AS place
}
WITH person, min(steps * 10 + place) % 10 AS generation
RETURN {people: collect([
  person.id, person.name, generation,
  COLLECT { MATCH (person)<-[:PARENT_OF]-(parent) RETURN parent.id },
  COLLECT {
    MATCH (person)-[link:PARTNER_OF]-(partner)
    RETURN [partner.id, coalesce(link.valid_to_day > $today, TRUE)]
  }
])} AS data
