// Whether all whom a change is about are the viewer, or those whose profile the viewer's relationships grant to see; of a
// case, whose cases.
//
// change   the change
// $viewer  the viewer
// value    true or false

RETURN NOT EXISTS {
  MATCH (same:Change {operation: change.operation, record: change.record})
  WHERE NOT EXISTS {
    MATCH (about:Party {id: same.party})
    WHERE CASE WHEN change.record STARTS WITH 'case_' THEN reached(about, 'VIEW_CASES') OR EXISTS {
                      MATCH (this_case:Case {id: change.record})
                      MATCH (home:Party {id: this_case.household})
                      WHERE reached(home, 'VIEW_CASES')
                      RETURN home
                    }
               ELSE about.id = $viewer OR reached(about, 'VIEW_PROFILE') END
  }
} AS value
