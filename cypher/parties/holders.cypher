// Who holds external ids or a login.
//
// $keys   keys of external ids
// $login  a login, null: none
// key     the external id's key, null: the login
// party   who has it
// deleted  whether that is deleted: an external id stays reserved until it is erased

CALL () {
  UNWIND $keys AS key
  MATCH (:ExternalId {key: key})-[:IDENTIFIES]->(party)
  RETURN key, party
  UNION
  MATCH (party:Party {login: $login})
  RETURN NULL AS key, party
}
RETURN key, party.id AS party, NOT party:Party AS deleted
