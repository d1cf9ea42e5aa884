// Whom of some parties a partner app is shown, as access/seen_by_app says of one, and who lets it read the family.
//
// $viewer   the app
// $session  the key that it shows
// $ids      the parties
// $today    today
// id        a party
// seen      whether the app is shown it
// family    whether it consented that the app is shown its family
// kin       whether it did, or is dead and a relative of somebody who did

MATCH (app:PartnerApp {id: $viewer})
MATCH (key:ApiKey {id: $session})
WHERE app.active AND key.app = app.id AND key.revoked_at IS NULL AND coalesce(key.expires_at > datetime(), TRUE)
WITH app.scopes AS scopes, $today - duration({years: 16}) AS of_age, $today - duration({years: 110}) AS long_dead
UNWIND $ids AS id
MATCH (party:Party {id: id})
WITH party, scopes, of_age, long_dead, COLLECT {
  MATCH (party)-[consent:CONSENTS_TO]->(to)
  WHERE to.id = $viewer AND party.status IN ['ACTIVE', 'ENROLLED'] AND NOT coalesce(party.deceased, FALSE)
    AND consent.valid_to_day IS NULL
    AND CASE WHEN consent.by_guardian THEN party.birth_date_earliest > of_age
             ELSE party.birth_date_latest <= of_age END
  UNWIND consent.scopes AS scope
  WITH DISTINCT scope
  WHERE scope IN scopes
  RETURN scope
} AS shown
WITH party, scopes, of_age, shown, 'FAMILY' IN shown OR ('FAMILY' IN scopes
      AND (coalesce(party.deceased, FALSE) OR coalesce(party.birth_date_latest < long_dead, FALSE)) AND EXISTS {
    MATCH (party)-[ties:PARENT_OF|PARTNER_OF|LINKED_TO]-{1,6}(near)
    WHERE all(tie IN ties WHERE type(tie) <> 'LINKED_TO' OR tie.type = 'SIBLING')
    WITH DISTINCT near
    MATCH (near)-[consent:CONSENTS_TO]->(to)
    WHERE to.id = $viewer AND near.status IN ['ACTIVE', 'ENROLLED'] AND NOT coalesce(near.deceased, FALSE)
      AND 'FAMILY' IN consent.scopes
      AND consent.valid_to_day IS NULL
      AND CASE WHEN consent.by_guardian THEN near.birth_date_earliest > of_age
               ELSE near.birth_date_latest <= of_age END
    RETURN near
  }) AS kin
RETURN party.id AS id, 'FAMILY' IN shown AS family, kin, (kin OR shown <> []
  OR ('HOUSEHOLDS' IN scopes AND party:Household AND EXISTS {
    MATCH (party)<-[place:MEMBER_OF]-(member)-[consent:CONSENTS_TO]->(to)
    WHERE to.id = $viewer AND member.status IN ['ACTIVE', 'ENROLLED'] AND NOT coalesce(member.deceased, FALSE)
      AND coalesce(place.valid_from_day <= $today, TRUE) AND coalesce(place.valid_to_day > $today, TRUE)
      AND 'HOUSEHOLDS' IN consent.scopes
      AND consent.valid_to_day IS NULL
      AND CASE WHEN consent.by_guardian THEN member.birth_date_earliest > of_age
               ELSE member.birth_date_latest <= of_age END
    RETURN member
  })) AS seen
