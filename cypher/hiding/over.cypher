// Nothing is hidden by an operation any more, since nothing of it is left.
//
// $operation  which

MATCH (hiding:Hiding {id: $operation})
DELETE hiding
