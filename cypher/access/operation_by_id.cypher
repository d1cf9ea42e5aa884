// The operation of this id, for a viewer who sees only whom relationships reach: if it was his or her own, or changed
// somebody who is seen among its first 500 records: of imports it is not looked for further.
//
// $id        its id
// $viewer    the viewer
// operation  it

MATCH (operation:Operation {id: $id})
WHERE operation.created_by = $viewer OR EXISTS {
  MATCH (change:Change {operation: $id})
  WITH change LIMIT 500
  MATCH (about:Party {id: change.party})
  WHERE seen(about)
  RETURN about
}
RETURN operation
