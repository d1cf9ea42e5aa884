// How many relationships are left of parties that an operation deletes.
//
// $operation  which
// count       how many; one between two of them counts twice

MATCH (party:Deleted {deleted_by: $operation})
RETURN sum(COUNT { (party)-[:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-() }) AS count
