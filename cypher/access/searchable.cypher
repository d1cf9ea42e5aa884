// What a party may be found by, for viewers who do not see contact data: without the lines of its email and phone.
//
// party  the party
// value  its text

RETURN reduce(text = party.search, line IN [toLower(party.email), substring(party.phone, 1), party.login] |
              replace(text, ' ' + coalesce(line, '') + ' ', '')) AS value
