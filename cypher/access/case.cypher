// Whether a viewer may view a case: one of a customer whose cases may be viewed, or in a household for which they may.
//
// this_case  the case
// value      true or false

RETURN (EXISTS {
  MATCH (customer:Party {id: this_case.customer})
  WHERE viewed(customer)
} OR EXISTS {
  MATCH (household:Party {id: this_case.household})
  WHERE viewed(household)
}) AS value
