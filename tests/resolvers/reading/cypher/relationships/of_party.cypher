// The relationships of a party, as seen from it.
//
// party         whose they are
// $types        of these types, null: all
// $direction    'outgoing', 'incoming', null: both
// $as_of        as of this day, null: today
// $today        today
// relationship  the edge
// near          the party
// far           the one at the other end

MATCH (party)-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|SERVES|MEMBER_OF]-(far)
WHERE ($types IS NULL OR relationship.type IN $types)
  AND ($direction IS NULL OR ($direction = 'outgoing') = (startNode(relationship) = party))
  AND (relationship.valid_from IS NULL OR relationship.valid_from <= coalesce($as_of, $today))
  AND (relationship.valid_to IS NULL OR relationship.valid_to > coalesce($as_of, $today))
RETURN relationship, party AS near, far
ORDER BY relationship.type DESC, coalesce(toString(relationship.valid_from), ''), relationship.id
