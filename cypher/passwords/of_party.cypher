// The password of a party.
//
// $party  whose
// hash    its hash

MATCH (password:Password {party: $party})
RETURN password.hash AS hash
