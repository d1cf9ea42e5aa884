// What a party may be found by for a partner app: the name, and email and phone of those who consented to these.
//
// party  the party
// value  its text

RETURN ('\n ' + coalesce(party.sort_name, '') + ' \n' + CASE WHEN consented(party, 'CONTACT') THEN
  coalesce(' ' + toLower(party.email) + ' \n', '') + coalesce(' ' + substring(party.phone, 1) + ' \n', '')
  ELSE '' END) AS value
