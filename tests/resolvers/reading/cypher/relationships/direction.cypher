// The direction of a relationship as seen from the near side, null of a symmetric one.
//
// relationship  the edge
// near          the party that looks
// value         'outgoing', 'incoming' or null

RETURN CASE WHEN relationship.type = 'partner_of' THEN NULL
            WHEN startNode(relationship) = near THEN 'outgoing' ELSE 'incoming' END AS value
