// The ids of all who were merged into a customer, or into one of these.
//
// party  the customer
// value  an id

MATCH (party)<-[:MERGED_INTO]-+(former:Party)
RETURN former.id AS value
ORDER BY value
