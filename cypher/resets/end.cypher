// Takes a reset away, of which is known what became of its mail; the consumer must be locked.
//
// $id  the reset
// id   the same, where it was there

MATCH (reset:PasswordReset {id: $id})
WITH reset, reset.id AS id
DELETE reset
RETURN id
