// The member of the staff who has a login.
//
// $login  it
// id      whose it is

MATCH (user:Party {login: $login})
WHERE user:InternalUser
RETURN user.id AS id
