// Writes signing keys as they have become by rotating; those that are not among them are taken no more, and go.
//
// $keys  rows of {number, until}

UNWIND $keys AS row
MERGE (key:SigningKey {number: row.number})
SET key.until = row.until
WITH collect(key) AS kept
MATCH (old:SigningKey)
WHERE NOT old IN kept
DELETE old
