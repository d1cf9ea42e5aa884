// Whose consents are.
//
// $ids      which
// id        one that there is
// customer  whose it is

UNWIND $ids AS id
MATCH (customer)-[:CONSENTS_TO {id: id}]->()
RETURN id, customer.id AS customer
