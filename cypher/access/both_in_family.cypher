// Whether a partner app is shown both ends of a relationship, and one of them consented that it is shown the family.
//
// relationship  the edge
// value         true or false

RETURN (EXISTS {
  UNWIND [startNode(relationship), endNode(relationship)] AS side
  WITH side
  WHERE consented(side, 'FAMILY')
  RETURN side
} AND NOT EXISTS {
  UNWIND [startNode(relationship), endNode(relationship)] AS side
  WITH side
  WHERE NOT seen(side)
  RETURN side
}) AS value
