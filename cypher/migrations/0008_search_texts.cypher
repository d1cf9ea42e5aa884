// A line of a search text stands between spaces, so that whole words and lines are told apart from parts.
//
// kind: data

MATCH (party:Party)
WHERE NOT party.search STARTS WITH '\n'
SET party.search = '\n ' + replace(party.search, '\n', ' \n ') + ' \n'
