// Who of the staff serves a party today: it, and of a consumer also the accounts whose contact and the households whose
// member he or she is today; the party's own team first.
//
// party         who is served
// $today        today
// relationship  the edge
// member        the staff member
// via           the account or household through which the consumer is served, null: by himself or herself

CALL (party) {
  MATCH (party)<-[relationship:SERVES]-(member)
  RETURN relationship, member, NULL AS via
UNION ALL
  MATCH (party:Consumer)-[contact:LINKED_TO]->(via:Account)
  WHERE contact.type = 'CONTACT'
    AND coalesce(contact.valid_from_day <= $today, TRUE) AND coalesce(contact.valid_to_day > $today, TRUE)
  WITH DISTINCT via
  MATCH (via)<-[relationship:SERVES]-(member)
  RETURN relationship, member, via
UNION ALL
  MATCH (party:Consumer)-[membership:MEMBER_OF]->(via:Household)
  WHERE coalesce(membership.valid_from_day <= $today, TRUE) AND coalesce(membership.valid_to_day > $today, TRUE)
  WITH DISTINCT via
  MATCH (via)<-[relationship:SERVES]-(member)
  RETURN relationship, member, via
}
WITH relationship, member, via
WHERE coalesce(relationship.valid_from_day <= $today, TRUE) AND coalesce(relationship.valid_to_day > $today, TRUE)
RETURN relationship, member, via
ORDER BY coalesce(CASE WHEN seen(via) THEN via.sort_name ELSE '' END, ''), coalesce(via.id, ''),
         CASE WHEN seen(member) THEN member.sort_name ELSE '' END, relationship.id
