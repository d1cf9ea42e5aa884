// Revokes an API key; one that is revoked stays so since then.
//
// $id    which
// $at    when
// app    its app
// since  since when it was revoked already; null: it was not

MATCH (key:ApiKey {id: $id})
SET key._lock = TRUE
WITH key, key.revoked_at AS since
SET key.revoked_at = coalesce(since, $at)
RETURN key.app AS app, since
