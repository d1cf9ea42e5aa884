// Lets one rotate the signing keys at a time.

MATCH (lock:Lock {id: 'signing_keys'})
SET lock._lock = TRUE
