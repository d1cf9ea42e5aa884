// Those who have consented to be shown to a partner app, by name; whether they still do is tested behind it. Others whom it
// is shown are found by their ids, by a search, and through these.
//
// $viewer        the app
// $kinds         of these kinds, null: all
// $statuses      which the app is not shown, so that nobody is found by them; null: all
// $eligible_for  the app makes no relationships, so that nobody is; null: all
// party          the party

MATCH (app:PartnerApp {id: $viewer})<-[consent:CONSENTS_TO]-(party)
WHERE consent.valid_to_day IS NULL AND $statuses IS NULL AND $eligible_for IS NULL
  AND ($kinds IS NULL OR party.kind IN $kinds)
WITH DISTINCT party
RETURN party
ORDER BY party.sort_name, party.id
