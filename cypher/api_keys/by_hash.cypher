// Whose key this is.
//
// $hash  the hash of the key
// id     the key
// app    its app

MATCH (key:ApiKey {hash: $hash})
RETURN key.id AS id, key.app AS app
