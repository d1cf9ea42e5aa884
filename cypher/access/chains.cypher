// By which relationships that hold now a viewer reaches some parties: chains from the viewer on, as the rules judge them.
//
// scans types and responsibilities: there are dozens, not thousands.
//
// $viewer           who
// $parties          the parties
// $today            today
// reached           rows of party, whether deceased, and chains: lists of [id, type, category, responsibility, role, head]
// responsibilities  rows of code, grants, reach
// roles             rows of type, role, grants
//
// It looks from the parties' side, along their own few relationships. Nobody reaches himself or herself.

RETURN COLLECT {
  UNWIND $parties AS id
  MATCH (party:Party {id: id})
  RETURN [party.id, party.deceased, COLLECT {
    CALL (party) {
      MATCH (party)<-[first:SERVES|REPRESENTS|MEMBER_OF]-(who)
      WHERE who.id = $viewer
      RETURN [first] AS chain
    UNION ALL
      MATCH (party)-[second:MEMBER_OF|LINKED_TO]->(between)<-[first:SERVES|MEMBER_OF]-(who)
      WHERE who.id = $viewer
      RETURN [first, second] AS chain
    UNION ALL
      MATCH (party)<-[above:OVERSEES]-{1,30}(between)<-[first:SERVES]-(who)
      WHERE who.id = $viewer
      RETURN first + reverse(above) AS chain
    }
    WITH chain
    WHERE party.id <> $viewer
      AND all(link IN chain WHERE coalesce(link.valid_from_day <= $today, TRUE)
                              AND coalesce(link.valid_to_day > $today, TRUE))
    RETURN [link IN chain | [link.id, link.type, link.category, link.responsibility, link.role, link.is_head]]
  }]
} AS reached, COLLECT {
  MATCH (responsibility:Responsibility)
  RETURN [responsibility.code, coalesce(responsibility.grants, []), coalesce(responsibility.reach, [])]
} AS responsibilities, COLLECT {
  MATCH (type:RelationshipType)
  WHERE type.role_grants IS NOT NULL
  UNWIND type.role_grants AS text
  WITH type.code AS code, split(text, ':') AS parts
  WITH code, parts[0] AS role, collect(parts[1]) AS grants
  RETURN [code, role, grants]
} AS roles
