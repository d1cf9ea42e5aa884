// The ids of an app's keys, in the order in which they were issued.
//
// $app  the app
// id    a key's

MATCH (key:ApiKey {app: $app})
WHERE key.id IS NOT NULL
RETURN key.id AS id
ORDER BY id
