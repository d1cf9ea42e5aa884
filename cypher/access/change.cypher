// Whether a viewer who sees only whom relationships reach sees all whom a change is about: of a relationship, both ends.
// Of a case, whether the cases of its customer may be viewed.
//
// change  the change
// value   true or false

RETURN NOT EXISTS {
  MATCH (same:Change {operation: change.operation, record: change.record})
  WHERE NOT EXISTS {
    MATCH (about:Party {id: same.party})
    WHERE CASE WHEN change.record STARTS WITH 'case_' THEN viewed(about) ELSE seen(about) END
  }
} AS value
