// Writes a consent of a consumer, who must be locked.
//
// $consumer    who
// $app         to which app
// $properties  its properties
// $at          when
// $by          who gave it
// id           its id; no row where the app is gone

MATCH (consumer:Party {id: $consumer})
MATCH (app:PartnerApp {id: $app})
CREATE (consumer)-[consent:CONSENTS_TO {given_at: $at, given_by: $by}]->(app)
SET consent += $properties
RETURN consent.id AS id
