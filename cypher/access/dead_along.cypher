// Whether a relationship is one by which a partner app is shown the far party: who is dead and a close relative of somebody
// who consented to family, as access/seen_by_app has it, which so is spared a search.
//
// relationship  the edge
// far           the far party
// known         whether the near party consented to that
// value         true or false

RETURN (known AND (relationship:PARENT_OF OR relationship:PARTNER_OF OR relationship.type = 'SIBLING')
  AND (coalesce(far.deceased, FALSE) OR coalesce(far.birth_date_latest < viewer_long_dead, FALSE))) AS value
