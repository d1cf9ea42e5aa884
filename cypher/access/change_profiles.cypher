// Whether all whom a change is about are the viewer, or those whose profile the viewer's relationships grant to see; of a
// case, whether they grant to view it.
//
// change   the change
// $viewer  the viewer
// value    true or false

RETURN NOT EXISTS {
  MATCH (same:Change {operation: change.operation, record: change.record})
  WHERE NOT EXISTS {
    MATCH (about:Party {id: same.party})
    WHERE CASE WHEN change.record STARTS WITH 'case_' THEN EXISTS {
        MATCH (this_case:Case {id: change.record})
        UNWIND [this_case.customer, this_case.household] AS place
        MATCH (holder:Party {id: place})
        WHERE reached(holder, 'VIEW_CASES')
        RETURN holder
      } ELSE about.id = $viewer OR reached(about, 'VIEW_PROFILE') END
  }
} AS value
