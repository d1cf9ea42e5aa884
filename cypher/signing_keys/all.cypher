// The numbers of all signing keys.
//
// scans signing keys: there are a few.
//
// number  its number
// until   when what it signed is taken no more; null: it is signed with

MATCH (key:SigningKey)
RETURN key.number AS number, key.until AS until
ORDER BY number
