// Whether relationships of a viewer grant to view a case.
//
// this_case  the case
// value      true or false

RETURN EXISTS {
  UNWIND [this_case.customer, this_case.household] AS place
  MATCH (about:Party {id: place})
  WHERE reached(about, 'VIEW_CASES')
  RETURN about
} AS value
