// Whether a consumer has consented that the partner app is shown the family, or is dead and a relative of somebody who has,
// as access/seen_by_app has it.
//
// party    the party
// $viewer  the app
// value    true or false

RETURN ('FAMILY' IN viewer_scopes AND EXISTS {
  CALL (party, viewer_long_dead) {
    RETURN party AS who
  UNION ALL
    MATCH (party)-[ties:PARENT_OF|PARTNER_OF|LINKED_TO]-{1,6}(who)
    WHERE all(tie IN ties WHERE type(tie) <> 'LINKED_TO' OR tie.type = 'SIBLING')
      AND (coalesce(party.deceased, FALSE) OR coalesce(party.birth_date_latest < viewer_long_dead, FALSE))
    RETURN DISTINCT who
  }
  MATCH (who)-[consent:CONSENTS_TO]->(app)
  WHERE app.id = $viewer AND coalesce(who.status, '') IN ['ACTIVE', 'ENROLLED'] AND NOT coalesce(who.deceased, FALSE)
    AND consent.valid_to_day IS NULL
    AND CASE WHEN consent.by_guardian THEN who.birth_date_earliest > viewer_of_age
             ELSE who.birth_date_latest <= viewer_of_age END
    AND 'FAMILY' IN consent.scopes
  RETURN consent
}) AS value
