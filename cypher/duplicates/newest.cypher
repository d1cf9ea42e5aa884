// The newest operation.
//
// operation  its id

MATCH (operation:Operation)
WHERE operation.id > ''
RETURN operation.id AS operation
ORDER BY operation DESC
LIMIT 1
