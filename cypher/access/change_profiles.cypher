// Whether all whom a change is about are the viewer, or those whose profile the viewer's relationships grant to see; of a
// case, whether they grant to view it.
//
// change   the change
// $viewer  the viewer
// value    true or false

RETURN CASE WHEN change.record STARTS WITH 'case_' THEN EXISTS {
  MATCH (changed:Case {id: change.record})
  WHERE case_reached(changed)
  RETURN changed
} ELSE NOT EXISTS {
  MATCH (same:Change {operation: change.operation, record: change.record})
  WHERE NOT EXISTS {
    MATCH (about:Party {id: same.party})
    WHERE about.id = $viewer OR reached(about, 'VIEW_PROFILE')
    RETURN about
  }
  RETURN same
} END AS value
