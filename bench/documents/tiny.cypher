// A customer by id.
//
// $id  who

MATCH (customer:Party {id: $id})
RETURN {node: customer {.id, .name, .email}} AS data
