// The consents of a customer to partner apps, those withdrawn too.
//
// $customer  the customer
// id         the consent
// app        the app
// open       whether it was not withdrawn

MATCH (customer:Party {id: $customer})-[consent:CONSENTS_TO]->(app:PartnerApp)
RETURN consent.id AS id, app.id AS app, consent.valid_to_day IS NULL AS open
ORDER BY id
