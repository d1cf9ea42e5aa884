// Takes back an announcement that nothing came of.
//
// $operation  whose

MATCH (hiding:Hiding {id: $operation})
WHERE hiding.until IS NOT NULL
DELETE hiding
