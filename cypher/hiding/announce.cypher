// Announces that an operation will hide something: from now on nobody reads relationships but warily.
//
// $operation  which
// $restores   the operation that it undoes, null: none
// $seconds    so long it may take until something is hidden

CREATE (:Hiding {id: $operation, restores: $restores, until: datetime() + duration({seconds: $seconds})})
FINISH
