// Locks a partner app, and reads it then.
//
// $id  its id
// app  its properties

MATCH (app:PartnerApp {id: $id})
SET app._lock = TRUE
RETURN properties(app) AS app
