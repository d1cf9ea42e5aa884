// Whether relationships of a staff member that hold now grant something for a party.
//
// party    the party
// $viewer  the staff member
// $today   today
// $grant   the grant
// value    true or false
//
// It looks from the party's side, along its own few relationships; `staff` has no label, so that nobody begins with the
// thousands of a staff member. What is found most often is looked for first, and a row of CASE takes half as long as one
// of UNION.

RETURN (NOT coalesce(party.deceased, FALSE) AND CASE
WHEN EXISTS {
  MATCH (party)<-[serves:SERVES]-(staff)
  WHERE staff.id = $viewer
    AND coalesce(serves.valid_from_day <= $today, TRUE) AND coalesce(serves.valid_to_day > $today, TRUE)
    AND serves.responsibility + ' ' + $grant + ' PARTY' IN viewer_grants
  RETURN serves
} THEN TRUE
WHEN EXISTS {
  MATCH (party)-[tie:MEMBER_OF|LINKED_TO]->(between)<-[serves:SERVES]-(staff)
  WHERE staff.id = $viewer AND (tie.category = 'GROUP' OR tie.type = 'CONTACT')
    AND coalesce(tie.valid_from_day <= $today, TRUE) AND coalesce(tie.valid_to_day > $today, TRUE)
    AND coalesce(serves.valid_from_day <= $today, TRUE) AND coalesce(serves.valid_to_day > $today, TRUE)
    AND serves.responsibility + ' ' + $grant
        + CASE WHEN tie.category = 'GROUP' THEN ' MEMBERS' ELSE ' CONTACTS' END IN viewer_grants
  RETURN serves
} THEN TRUE
ELSE EXISTS {
  MATCH (party)<-[above:OVERSEES]-{1,30}(between)<-[serves:SERVES]-(staff)
  WHERE staff.id = $viewer
    AND all(link IN above WHERE coalesce(link.valid_from_day <= $today, TRUE)
                            AND coalesce(link.valid_to_day > $today, TRUE))
    AND coalesce(serves.valid_from_day <= $today, TRUE) AND coalesce(serves.valid_to_day > $today, TRUE)
    AND serves.responsibility + ' ' + $grant + ' DESCENDANTS' IN viewer_grants
  RETURN serves
} END) AS value
