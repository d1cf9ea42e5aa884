// The partner app of this id.
//
// $id  its id
// app  the app

MATCH (app:PartnerApp {id: $id})
RETURN app
