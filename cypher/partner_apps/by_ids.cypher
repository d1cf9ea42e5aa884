// The partner apps of these ids.
//
// $ids  their ids
// app   the app

UNWIND $ids AS id
MATCH (app:PartnerApp {id: id})
RETURN app
