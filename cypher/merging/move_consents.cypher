// Gives consents to another customer, each as it is: an edge cannot change its ends, so it is made anew.
//
// $ids       which
// $customer  whose they become

UNWIND $ids AS id
MATCH ()-[old:CONSENTS_TO {id: id}]->(app)
WITH old, app, properties(old) AS held
DELETE old
WITH app, held
MATCH (customer:Party {id: $customer})
CREATE (customer)-[consent:CONSENTS_TO]->(app)
SET consent = held
