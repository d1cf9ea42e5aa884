// Whether a viewer's relationships grant to see the profiles of both ends of a relationship.
//
// relationship  the edge
// value         true or false

RETURN EXISTS {
  WITH startNode(relationship) AS source, endNode(relationship) AS target
  WHERE reached(source, 'VIEW_PROFILE') AND reached(target, 'VIEW_PROFILE')
  RETURN source
} AS value
