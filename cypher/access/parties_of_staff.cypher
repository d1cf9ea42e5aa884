// Whom relationships of a staff member may reach, and the staff member, by name; who of them is seen is tested behind it.
//
// $viewer        the staff member
// $kinds         of these kinds, null: all
// $statuses      customers in one of these states, null: all but those who were merged away
// $eligible_for  whom a relationship of a type could take at its other end; null: all
// party          the party

MATCH (staff:Party {id: $viewer})
CALL (staff) {
  RETURN staff AS party
UNION
  MATCH (staff)-[:SERVES]->(party)
  RETURN party
UNION
  MATCH (staff)-[:SERVES]->()<-[tie:MEMBER_OF|LINKED_TO]-(party)
  WHERE tie.category = 'GROUP' OR tie.type = 'CONTACT'
  RETURN party
UNION
  MATCH (staff)-[:SERVES]->()-[:OVERSEES]->{1,30}(party)
  RETURN party
}
WITH party
WHERE ($kinds IS NULL OR party.kind IN $kinds)
  AND CASE WHEN $statuses IS NULL THEN coalesce(party.status <> 'MERGED', TRUE) ELSE party.status IN $statuses END
  AND ($eligible_for IS NULL
       OR party.id <> coalesce($eligible_for.source, $eligible_for.target)
          AND NOT EXISTS {
            MATCH (party)<-[:MERGED_INTO]-+(former)
            WHERE former.id = coalesce($eligible_for.source, $eligible_for.target)
          }
          AND coalesce(party.status <> 'MERGED', TRUE)
          AND EXISTS {
            MATCH (type:RelationshipType {code: $eligible_for.type})
            WHERE party.kind IN CASE WHEN $eligible_for.source IS NULL THEN type.source_kinds ELSE type.target_kinds END
          })
RETURN party
ORDER BY party.sort_name, party.id
