// Whether a viewer's relationships grant to see the profiles of both ends of a relationship.
//
// relationship  the edge
// value         true or false

RETURN NOT EXISTS {
  UNWIND [startNode(relationship), endNode(relationship)] AS side
  WITH side
  WHERE NOT reached(side, 'VIEW_PROFILE')
  RETURN side
} AS value
