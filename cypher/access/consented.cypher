// Whether a consumer has consented that the partner app is shown something.
//
// party    the party
// $viewer  the app
// $grant   the scope
// value    true or false

RETURN (coalesce(party.status, '') IN ['ACTIVE', 'ENROLLED'] AND NOT coalesce(party.deceased, FALSE) AND EXISTS {
  MATCH (party)-[consent:CONSENTS_TO]->(app)
  WHERE app.id = $viewer AND $grant IN viewer_scopes AND $grant IN consent.scopes
    AND consent.valid_to_day IS NULL
    AND CASE WHEN consent.by_guardian THEN party.birth_date_earliest > viewer_of_age
             ELSE party.birth_date_latest <= viewer_of_age END
  RETURN consent
}) AS value
