// What of a consumer a partner app is shown: the scopes that were consented to and are the app's, and DATES, of birth and
// death, of those who consented to profile or family, and of the dead, who have consented to nothing.
//
// party    the party
// $viewer  the app
// value    the words, in a list

RETURN coalesce([scopes IN COLLECT {
  MATCH (party)-[consent:CONSENTS_TO]->(app)
  WHERE app.id = $viewer AND party.status IN ['ACTIVE', 'ENROLLED'] AND NOT coalesce(party.deceased, FALSE)
    AND consent.valid_to_day IS NULL
    AND CASE WHEN consent.by_guardian THEN party.birth_date_earliest > viewer_of_age
             ELSE party.birth_date_latest <= viewer_of_age END
  RETURN [scope IN consent.scopes WHERE scope IN viewer_scopes]
} | CASE WHEN scopes = [] OR 'PROFILE' IN scopes OR 'FAMILY' IN scopes THEN scopes + ['DATES'] ELSE scopes END][0],
['DATES']) AS value
