// Whether a viewer who sees everybody may see a change: one of a case, if relationships grant
// to view it.
//
// change  the change
// value   true or false

RETURN (NOT change.record STARTS WITH 'case_' OR EXISTS {
  OPTIONAL MATCH (this_case:Case {id: change.record})
  UNWIND [change.party, this_case.household] AS place
  MATCH (about:Party {id: place})
  WHERE reached(about, 'VIEW_CASES')
  RETURN about
}) AS value
