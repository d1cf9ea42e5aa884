// Whether a partner app is shown the far party of a relationship by what costs no search: who has consented, as most have who
// are asked for; or is dead and, as the relationship tells, a relative of somebody who consented to family.
//
// far        the far party
// of_family  that the relationship is a tie of who lets the app read the family
// $viewer    the app
// value      true or false

RETURN (of_family AND (coalesce(far.deceased, FALSE) OR coalesce(far.birth_date_latest < viewer_long_dead, FALSE)) OR EXISTS {
  MATCH (far)-[consent:CONSENTS_TO]->(app)
  WHERE app.id = $viewer AND far.status IN ['ACTIVE', 'ENROLLED'] AND NOT coalesce(far.deceased, FALSE)
    AND consent.valid_to_day IS NULL
    AND CASE WHEN consent.by_guardian THEN far.birth_date_earliest > viewer_of_age
             ELSE far.birth_date_latest <= viewer_of_age END
    AND any(scope IN consent.scopes WHERE scope IN viewer_scopes)
  RETURN consent
}) AS value
