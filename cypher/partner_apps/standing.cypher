// Who a partner app is at this moment, as access/standing tells of a party.
//
// $viewer   the app
// $session  the key that it shows
// standing  that it is an app, and whether it is active and the key is its own, not revoked and not over

OPTIONAL MATCH (app:PartnerApp {id: $viewer})
OPTIONAL MATCH (key:ApiKey {id: $session})
RETURN ['PartnerApp', NULL, NULL, NULL,
        coalesce(app.active AND key.app = app.id AND key.revoked_at IS NULL
                 AND coalesce(key.expires_at > datetime(), TRUE), FALSE)] AS standing
