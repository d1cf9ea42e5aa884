// The numbers of all signing keys.
//
// number  its number
// until   when what it signed is taken no more; null: it is signed with

MATCH (key:SigningKey)
RETURN key.number AS number, key.until AS until
ORDER BY number
