// Who a partner app is at this moment, and what it is shown.
//
// $viewer           the app
// $session          the key that it shows
// $today            today
// viewer_standing   that it is an app, and whether it is active and the key is its own, not revoked and not over
// viewer_scopes     its scopes; none where it is not to be shown anything
// viewer_of_age     who was born by that day is 16
// viewer_long_dead  who was born before that day lives no more

OPTIONAL MATCH (app:PartnerApp {id: $viewer})
OPTIONAL MATCH (key:ApiKey {id: $session})
WITH *, coalesce(app.active AND key.app = app.id AND key.revoked_at IS NULL
                 AND coalesce(key.expires_at > datetime(), TRUE), FALSE) AS valid
RETURN ['PartnerApp', NULL, NULL, NULL, valid] AS viewer_standing,
       CASE WHEN valid THEN app.scopes ELSE [] END AS viewer_scopes,
       $today - duration({years: 16}) AS viewer_of_age,
       $today - duration({years: 110}) AS viewer_long_dead
