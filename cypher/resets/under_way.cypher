// The reset of a consumer's password whose mail is under way.
//
// $consumer  whose
// id         the reset
// until      from when on it is not under way any more, whatever became of it

MATCH (reset:PasswordReset {consumer: $consumer})
RETURN reset.id AS id, reset.until AS until
