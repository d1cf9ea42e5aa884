// Whether a viewer who sees everybody may see a change: one of a case, if the cases of its customer may be viewed.
//
// change  the change
// value   true or false

RETURN (NOT change.record STARTS WITH 'case_' OR EXISTS {
  MATCH (customer:Party {id: change.party})
  WHERE reached(customer, 'VIEW_CASES')
}) AS value
