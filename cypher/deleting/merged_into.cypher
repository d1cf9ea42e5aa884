// Customers who were merged into one, by whatever chain.
//
// $id      into whom
// $most    at most so many
// id       the customer
// version  its version
// name     its name

MATCH (:Party {id: $id})<-[:MERGED_INTO]-+(merged:Party)
WITH DISTINCT merged LIMIT $most
RETURN merged.id AS id, merged.version AS version, merged.name AS name
