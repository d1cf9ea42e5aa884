// Whether a viewer who sees everybody may see a change: one of a case, if relationships grant to view it.
//
// change  the change
// value   true or false

RETURN (NOT change.record STARTS WITH 'case_' OR EXISTS {
  MATCH (changed:Case {id: change.record})
  WHERE case_reached(changed)
  RETURN changed
}) AS value
