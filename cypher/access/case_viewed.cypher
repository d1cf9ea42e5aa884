// Whether a viewer may view a case: one of a customer whose cases may be viewed, or in a household for which they may.
//
// this_case  the case
// value      true or false

RETURN EXISTS {
  UNWIND [this_case.customer, this_case.household] AS place
  MATCH (about:Party {id: place})
  WHERE viewed(about)
  RETURN about
} AS value
