// Announces that an operation will hide something: from now on nobody reads relationships but warily. Announcements of
// before that nothing came of are over.
//
// scans what hides: there are a few.
//
// $operation  which
// $seconds    so long it may take until something is hidden

CALL () {
  MATCH (left_over:Hiding)
  WHERE left_over.until < datetime()
  DELETE left_over
}
CREATE (:Hiding {id: $operation, until: datetime() + duration({seconds: $seconds})})
FINISH
