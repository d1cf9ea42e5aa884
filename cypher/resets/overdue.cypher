// Resets whose mail must be over, and of which nobody has told what became of it.
//
// $before    until when they were under way at the latest
// $most      how many at most
// id         the reset
// consumer   whose password it is
// until      from when on it is not under way any more

MATCH (reset:PasswordReset)
WHERE reset.until < $before
RETURN reset.id AS id, reset.consumer AS consumer, reset.until AS until
ORDER BY until, id
LIMIT $most
