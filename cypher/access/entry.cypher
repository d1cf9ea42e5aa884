// Whether a viewer who sees only whom relationships reach sees the customer whose points were adjusted.
//
// entry  the adjustment
// value  true or false

RETURN EXISTS {
  MATCH (owner:Party {id: entry.party})
  WHERE seen(owner)
} AS value
