// Whether a partner app is shown a party, as access/seen_by_app has it, where it is known what of the party it is shown.
//
// party    the party
// known    that, as access/shown_to_app gives it: DATES alone of whoever has consented to nothing
// $viewer  the app
// $today   today
// value    true or false

RETURN (known <> ['DATES'] OR EXISTS {
  CALL (party, viewer_long_dead) {
    MATCH (party)<-[place:MEMBER_OF]-(who)
    WHERE party:Household
      AND coalesce(place.valid_from_day <= $today, TRUE) AND coalesce(place.valid_to_day > $today, TRUE)
    RETURN who, 'HOUSEHOLDS' AS needed
  UNION ALL
    MATCH (party)-[ties:PARENT_OF|PARTNER_OF|LINKED_TO]-{1,6}(who)
    WHERE all(tie IN ties WHERE type(tie) <> 'LINKED_TO' OR tie.type = 'SIBLING')
      AND (coalesce(party.deceased, FALSE) OR coalesce(party.birth_date_latest < viewer_long_dead, FALSE))
    RETURN DISTINCT who, 'FAMILY' AS needed
  }
  MATCH (who)-[consent:CONSENTS_TO]->(app)
  WHERE app.id = $viewer AND who.status IN ['ACTIVE', 'ENROLLED'] AND NOT coalesce(who.deceased, FALSE)
    AND consent.valid_to_day IS NULL
    AND CASE WHEN consent.by_guardian THEN who.birth_date_earliest > viewer_of_age
             ELSE who.birth_date_latest <= viewer_of_age END
    AND needed IN consent.scopes AND needed IN viewer_scopes
  RETURN consent
}) AS value
