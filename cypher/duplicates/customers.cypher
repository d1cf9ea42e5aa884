// Customers in the order of their ids.
//
// $after  the id after which they come, '' for the first
// $most   at most so many
// id      the customer

MATCH (customer:Party)
WHERE customer.id > $after AND customer.kind IN ['Consumer', 'Account']
RETURN customer.id AS id
ORDER BY customer.id
LIMIT $most
