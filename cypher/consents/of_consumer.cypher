// The consents of a consumer to partner apps, those withdrawn too; the latest first.
//
// party      the consumer
// consent    the edge
// consenter  the consumer
// app        the app

MATCH (party)-[consent:CONSENTS_TO]->(app)
RETURN consent, party AS consenter, app
ORDER BY consent.id DESC
