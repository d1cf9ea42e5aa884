// Whether a partner app is shown the far party by the very relationship: who is dead and a relative of somebody who
// consented to family, as access/seen_by_app has it, which so is spared a search.
//
// far        the far party
// of_family  that the relationship is a tie of who lets the app read the family
// value      true or false

RETURN (of_family AND (coalesce(far.deceased, FALSE) OR coalesce(far.birth_date_latest < viewer_long_dead, FALSE))) AS value
