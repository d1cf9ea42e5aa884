// Some party, if there is any.
//
// scans parties up to the first.
//
// id  its id

MATCH (party:Party)
WITH party LIMIT 1
RETURN party.id AS id
