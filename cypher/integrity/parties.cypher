// Some parties, in the order of their ids, with what they are judged by.
//
// $after   the id after which they come, '' for the first
// $size    at most so many
// parties  [id, kind, labels, name, sort_name, search, number, status, inactive_reason, status_before, group_type] each

MATCH (party:Party)
WHERE party.id > $after
WITH party ORDER BY party.id LIMIT $size
RETURN collect([party.id, party.kind, labels(party), party.name, party.sort_name, party.search, party.number,
                party.status, party.inactive_reason, party.status_before, party.group_type]) AS parties
