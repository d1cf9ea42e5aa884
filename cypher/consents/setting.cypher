// What a consent is judged by; the consumer must be locked.
//
// $consumer   whose it is
// $viewer     who asks
// $today      today
// $app        the app
// status      the consumer's
// deceased    whether the consumer is
// earliest    the earliest day of birth
// latest      the latest
// pedigrees   by which the viewer is a parent today
// app         the app's properties, null: there is none
// open        the consents to it that were not withdrawn, the first first

MATCH (consumer:Party {id: $consumer})
OPTIONAL MATCH (app:PartnerApp {id: $app})
RETURN consumer.status AS status, coalesce(consumer.deceased, FALSE) AS deceased,
       consumer.birth_date_earliest AS earliest, consumer.birth_date_latest AS latest,
       COLLECT {
         MATCH (consumer)<-[parentage:PARENT_OF]-(parent)
         WHERE parent.id = $viewer AND parentage.type = 'PARENT'
           AND coalesce(parentage.valid_from_day <= $today, TRUE) AND coalesce(parentage.valid_to_day > $today, TRUE)
         RETURN coalesce(parentage.pedigree, 'BIRTH')
       } AS pedigrees,
       properties(app) AS app,
       COLLECT {
         MATCH (consumer)-[consent:CONSENTS_TO]->(to)
         WHERE to.id = $app AND consent.valid_to_day IS NULL
         RETURN properties(consent)
         ORDER BY consent.id
       } AS open
