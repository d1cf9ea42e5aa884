// The consents of these ids.
//
// $ids       their ids
// consent    the edge
// consenter  whose it is
// app        the app

UNWIND $ids AS id
MATCH (consenter)-[consent:CONSENTS_TO {id: id}]->(app)
RETURN consent, consenter, app
