// Whether a viewer who sees only whom relationships reach sees all whom a change is about: of a relationship, both ends.
// Of a case, whether it may be viewed, too.
//
// change  the change
// value   true or false

RETURN NOT EXISTS {
  MATCH (same:Change {operation: change.operation, record: change.record})
  WHERE NOT EXISTS {
    MATCH (about:Party {id: same.party})
    WHERE seen(about) AND (NOT change.record STARTS WITH 'case_' OR EXISTS {
      MATCH (changed:Case {id: change.record})
      WHERE case_viewed(changed)
      RETURN changed
    })
    RETURN about
  }
  RETURN same
} AS value
