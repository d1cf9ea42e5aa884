// The operations of these ids, for a viewer who sees only whom relationships reach: as access/operation_by_id has it.
//
// $ids       their ids
// $viewer    the viewer
// operation  it

UNWIND $ids AS id
MATCH (operation:Operation {id: id})
WHERE operation.created_by = $viewer OR EXISTS {
  MATCH (change:Change {operation: id})
  WITH change LIMIT 500
  MATCH (about:Party {id: change.party})
  WHERE seen(about)
  RETURN about
}
RETURN operation
