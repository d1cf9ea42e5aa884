// Whether a partner app is shown a party: a consumer who has consented to that, by whatever scope; the household of one who
// consented to households; and the dead, deceased or born over 110 years ago, within six steps to parents, children,
// partners and siblings of one who consented to family.
//
// party    the party
// $viewer  the app
// $today   today
// value    true or false
//
// It looks from the party's side, and `app` has no label, so that nobody begins with the thousands who consent to it. One
// look at consents, of whomever they may be, takes a third as long to plan as one for each.

RETURN EXISTS {
  CALL (party, viewer_long_dead) {
    RETURN party AS who, 'ANY' AS needed
  UNION ALL
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
    AND CASE needed WHEN 'ANY' THEN any(scope IN consent.scopes WHERE scope IN viewer_scopes)
             ELSE needed IN consent.scopes AND needed IN viewer_scopes END
  RETURN consent
} AS value
