// Takes locks; then tells of the parties at the ends of relationships, of what may stand in the way of new ones, and of
// what these are judged by.
//
// scans types and responsibilities: there are dozens, not thousands.
//
// Each part is done before the next begins, so that nothing is read before all is locked. Who is `tied` to what is coming
// back is refused (decision 29).
//
// $codes    types to tell of beside the acyclic ones, over which cycles count
// $edges    edge types to lock, since cycles count over them, in order
// $locked   parties to lock, in order
// $ids      parties to tell of
// $pairs    rows of {source, target, type}: wanted are relationships of the type between the two, either way
// $limited  rows of {party, type, outgoing, incoming, first, until}: wanted are those of a type at an end where their
//           number is limited, as source or as target, which may meet the days, null: open; the days of those made
//           within a household are not those of their own dates, which count here
// $entrusted  rows of {party, responsibility, first, until}: wanted are relationships to the party that carry the
//           responsibility, if only one may at a time, and may meet the days, null: open
// $headed   households: wanted are the memberships of their heads, whenever these hold
// $primary  consumers: wanted are their primary memberships, whenever these hold
// ends      rows of id, kind, of a group the code of the type that it is of, of somebody of the staff the roles, and of
//           one that was merged away into whom, in the end
// existing  rows of a relationship's properties but for dates, and the ids of its source and its target; one may stand twice
// types     the properties of relationship types, but for dates
// responsibilities  those of responsibilities, by code, but for dates

CALL () {
  UNWIND $edges AS edge
  MATCH (lock:Lock {id: edge})
  SET lock._lock = TRUE
}
CALL () {
  UNWIND $locked AS id
  MATCH (tied:Party {id: id})
  SET tied._lock = TRUE
}
RETURN COLLECT {
  UNWIND $ids AS id
  MATCH (party:Party {id: id})
  RETURN [party.id, party.kind, party.group_type, party.roles, COLLECT {
    MATCH (party)-[:MERGED_INTO]->+(survivor)
    WHERE NOT EXISTS { (survivor)-[:MERGED_INTO]->() }
    RETURN survivor.id
  }[0]]
} AS ends, COLLECT {
  UNWIND $pairs AS pair
  MATCH (one:Party {id: pair.source})
  MATCH (other:Party {id: pair.target})
  // Both are found before what is between them: either may have a hundred thousand relationships.
  WITH one, other, pair.type AS type
  MATCH (one)-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-(other)
  WHERE relationship.type = type
  RETURN [relationship {.*, created_at: NULL, updated_at: NULL}, startNode(relationship).id, endNode(relationship).id]
UNION ALL
  UNWIND $limited AS end
  MATCH (party:Party {id: end.party})
  MATCH (party)-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-()
  WHERE relationship.type = end.type
    AND ((end.outgoing AND startNode(relationship) = party) OR (end.incoming AND endNode(relationship) = party))
    AND (relationship.household IS NOT NULL
         OR (end.first IS NULL OR relationship.valid_to_day IS NULL OR relationship.valid_to_day > end.first)
        AND (end.until IS NULL OR relationship.valid_from_day IS NULL OR relationship.valid_from_day < end.until))
  RETURN [relationship {.*, created_at: NULL, updated_at: NULL}, startNode(relationship).id, endNode(relationship).id]
UNION ALL
  UNWIND $entrusted AS entrusted
  MATCH (responsibility:Responsibility {code: entrusted.responsibility, exclusive: TRUE})
  MATCH (party:Party {id: entrusted.party})
  MATCH (party)<-[relationship:SERVES|REPRESENTS]-()
  WHERE relationship.responsibility = responsibility.code
    AND (relationship.household IS NOT NULL
         OR (entrusted.first IS NULL OR relationship.valid_to_day IS NULL OR relationship.valid_to_day > entrusted.first)
        AND (entrusted.until IS NULL OR relationship.valid_from_day IS NULL
             OR relationship.valid_from_day < entrusted.until))
  RETURN [relationship {.*, created_at: NULL, updated_at: NULL}, startNode(relationship).id, endNode(relationship).id]
UNION ALL
  UNWIND $headed AS id
  MATCH (:Party {id: id})<-[relationship:MEMBER_OF]-()
  WHERE relationship.is_head
  RETURN [relationship {.*, created_at: NULL, updated_at: NULL}, startNode(relationship).id, endNode(relationship).id]
UNION ALL
  UNWIND $primary AS id
  MATCH (:Party {id: id})-[relationship:MEMBER_OF]->()
  WHERE relationship.is_primary
  RETURN [relationship {.*, created_at: NULL, updated_at: NULL}, startNode(relationship).id, endNode(relationship).id]
} AS existing, COLLECT {
  MATCH (type:RelationshipType)
  WHERE type.code IN $codes OR type.acyclic
  RETURN type {.*, created_at: NULL, updated_at: NULL}
} AS types, COLLECT {
  MATCH (responsibility:Responsibility)
  RETURN responsibility {.*, created_at: NULL, updated_at: NULL}
  ORDER BY responsibility.code
} AS responsibilities
