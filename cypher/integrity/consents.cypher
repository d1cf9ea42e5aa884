// Consents that are not of a consumer to a partner app, that are not whole, or of which two hold for the same app. Those of
// a deleted consumer are kept as they were.
//
// scans consents.
//
// $most    records of at most so many
// count    how many
// records  [id] each

MATCH (consumer)-[consent:CONSENTS_TO]->(app)
WHERE consent.id IS NULL OR coalesce(size(consent.scopes), 0) = 0 OR consent.valid_from_day IS NULL
   OR NOT (consumer:Consumer OR 'Consumer' IN coalesce(consumer.deleted_labels, [])) OR NOT app:PartnerApp
   OR (consent.valid_to_day IS NULL
       AND COUNT { MATCH (consumer)-[other:CONSENTS_TO]->(app) WHERE other.valid_to_day IS NULL } > 1)
WITH coalesce(consent.id, consumer.id) AS record ORDER BY record
RETURN count(*) AS count, collect([record])[..$most] AS records
