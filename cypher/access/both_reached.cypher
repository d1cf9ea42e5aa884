// Whether of a relationship each end is the viewer, or somebody whose profile the viewer's relationships grant to see.
//
// relationship  the edge
// $viewer       the viewer
// value         true or false

RETURN NOT EXISTS {
  UNWIND [startNode(relationship), endNode(relationship)] AS side
  WITH side
  WHERE NOT (side.id = $viewer OR reached(side, 'VIEW_PROFILE'))
  RETURN side
} AS value
