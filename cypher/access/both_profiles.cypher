// Whether of a relationship each end is the viewer, or somebody whose profile the viewer's relationships grant to see.
//
// relationship  the edge
// $viewer       the viewer
// value         true or false

RETURN EXISTS {
  WITH startNode(relationship) AS source, endNode(relationship) AS target
  WHERE (source.id = $viewer OR reached(source, 'VIEW_PROFILE'))
    AND (target.id = $viewer OR reached(target, 'VIEW_PROFILE'))
  RETURN source
} AS value
