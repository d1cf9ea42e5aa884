// Writes down that the mail with a consumer's new password is under way; the consumer must be locked.
//
// $id        the reset
// $consumer  whose password it is
// $until     from when on it is not under way any more, whatever became of it

CREATE (:PasswordReset {id: $id, consumer: $consumer, until: $until})
