// Whether relationships of a consumer that hold now grant something for a party: a representation, the consumer's place
// in a household or group, or its place in that of a member.
//
// party    the party
// $viewer  the consumer
// $today   today
// $grant   the grant
// value    true or false

RETURN (NOT coalesce(party.deceased, FALSE) AND EXISTS {
  MATCH (party)<-[represents:REPRESENTS]-(consumer)
  WHERE consumer.id = $viewer
    AND coalesce(represents.valid_from_day <= $today, TRUE) AND coalesce(represents.valid_to_day > $today, TRUE)
    AND represents.responsibility + ' ' + $grant + ' PARTY' IN viewer_grants
  RETURN consumer
UNION ALL
  MATCH (party)-[theirs:MEMBER_OF]->{0,1}(between)<-[place:MEMBER_OF]-(consumer)
  WHERE consumer.id = $viewer
    AND all(link IN theirs WHERE coalesce(link.valid_from_day <= $today, TRUE)
                             AND coalesce(link.valid_to_day > $today, TRUE))
    AND coalesce(place.valid_from_day <= $today, TRUE) AND coalesce(place.valid_to_day > $today, TRUE)
    AND (place.is_head AND $grant IN ['VIEW_PROFILE', 'VIEW_CASES']
         OR place.type + ':' + place.role + ':' + $grant IN viewer_grants)
  RETURN consumer
}) AS value
