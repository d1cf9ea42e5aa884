// The API keys of these ids.
//
// $ids  their ids
// key   the key

UNWIND $ids AS id
MATCH (key:ApiKey {id: id})
RETURN key
