// Notes which relationships do not come back with the others.
//
// $operation  by which the others do
// $ids        which

MATCH (hiding:Hiding {id: $operation})
SET hiding.left_out = $ids
FINISH
