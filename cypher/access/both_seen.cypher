// Whether a viewer who sees only whom relationships reach sees both ends of a relationship.
//
// relationship  the edge
// value         true or false

RETURN NOT EXISTS {
  UNWIND [startNode(relationship), endNode(relationship)] AS side
  WITH side
  WHERE NOT seen(side)
  RETURN side
} AS value
