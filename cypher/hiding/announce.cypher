// Announces that an operation will hide something: from now on nobody reads relationships but warily.
//
// $operation  which
// $seconds    so long it may take until something is hidden

CREATE (:Hiding {id: $operation, until: datetime() + duration({seconds: $seconds})})
FINISH
