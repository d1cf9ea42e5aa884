// The ids of all partner apps, by name.
//
// scans apps: there are dozens.
//
// id  an app's

MATCH (app:PartnerApp)
RETURN app.id AS id
ORDER BY app.name, app.id
