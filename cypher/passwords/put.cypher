// Sets the password of a party, which must be locked.
//
// $party  whose
// $hash   its hash, as argon2 writes one, parameters and salt included
// $at     when

MERGE (password:Password {party: $party})
SET password.hash = $hash, password.set_at = $at
