// OUTGOING or INCOMING as seen from the near side, null: symmetric.
//
// relationship  the edge
// near          the party that looks
// value         the direction

RETURN CASE WHEN relationship.symmetric THEN NULL
            WHEN startNode(relationship) = near THEN 'OUTGOING'
            ELSE 'INCOMING' END AS value
