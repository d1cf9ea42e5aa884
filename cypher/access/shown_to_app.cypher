// What of a consumer a partner app is shown: the scopes that were consented to and are the app's, and DATES, of birth and
// death, of those who consented to profile or family, and of the dead, who have consented to nothing.
//
// party    the party
// $viewer  the app
// $today   today
// value    the words, in a list

RETURN [scopes IN [COLLECT {
  MATCH (party)-[consent:CONSENTS_TO]->(app)
  WHERE app.id = $viewer AND coalesce(party.status, '') IN ['ACTIVE', 'ENROLLED'] AND NOT coalesce(party.deceased, FALSE)
    AND consent.valid_from_day <= $today AND coalesce(consent.valid_to_day > $today, TRUE)
    AND CASE WHEN consent.by_guardian THEN party.birth_date_earliest > viewer_of_age
             ELSE party.birth_date_latest <= viewer_of_age END
  UNWIND consent.scopes AS scope
  WITH scope
  WHERE scope IN viewer_scopes
  RETURN scope
}] | CASE WHEN scopes = [] OR 'PROFILE' IN scopes OR 'FAMILY' IN scopes THEN scopes + ['DATES'] ELSE scopes END][0] AS value
