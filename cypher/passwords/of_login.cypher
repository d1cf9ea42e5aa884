// Who has a login, and by which password.
//
// $login    a login, folded
// party     who has it, null: nobody
// standing  kind, roles, status, whether deceased, and TRUE
// hash      the hash of the password, null: none

OPTIONAL MATCH (party:Party {login: $login})
OPTIONAL MATCH (password:Password {party: party.id})
RETURN party.id AS party, [party.kind, party.roles, party.status, party.deceased, TRUE] AS standing,
       password.hash AS hash
