// The relationships that do not come back with the others.
//
// $operation  by which the others do
// left_out    their ids

MATCH (hiding:Hiding {id: $operation})
RETURN coalesce(hiding.left_out, []) AS left_out
