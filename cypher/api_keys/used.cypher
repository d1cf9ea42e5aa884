// Notes when API keys were last used; an earlier use changes nothing.
//
// $uses  rows of {id, at}

UNWIND $uses AS row
MATCH (key:ApiKey {id: row.id})
SET key.last_used_at = CASE WHEN key.last_used_at > row.at THEN key.last_used_at ELSE row.at END
