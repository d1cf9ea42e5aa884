// Whether a viewer who sees only whom relationships reach sees both ends of a relationship.
//
// relationship  the edge
// value         true or false

RETURN EXISTS {
  WITH startNode(relationship) AS source, endNode(relationship) AS target
  WHERE seen(source) AND seen(target)
  RETURN source
} AS value
