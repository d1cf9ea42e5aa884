// The lock of those who rotate signing keys.
//
// kind: data

MERGE (:Lock {id: 'signing_keys'})
