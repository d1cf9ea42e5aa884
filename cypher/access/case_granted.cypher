// Whether relationships of a viewer grant to view a case.
//
// this_case  the case
// value      true or false

RETURN (EXISTS {
  MATCH (customer:Party {id: this_case.customer})
  WHERE reached(customer, 'VIEW_CASES')
} OR EXISTS {
  MATCH (household:Party {id: this_case.household})
  WHERE reached(household, 'VIEW_CASES')
}) AS value
