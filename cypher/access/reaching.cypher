// Whom else relationships of a staff member that hold now reach beside a party itself: its members, its contacts.
//
// party    the party
// $viewer  the staff member
// $today   today
// value    MEMBERS and CONTACTS, in a list

RETURN COLLECT {
  MATCH (party)<-[serves:SERVES]-(staff)
  WHERE staff.id = $viewer
    AND coalesce(serves.valid_from_day <= $today, TRUE) AND coalesce(serves.valid_to_day > $today, TRUE)
  UNWIND ['MEMBERS', 'CONTACTS'] AS reach
  WITH serves, reach
  WHERE serves.responsibility + ' VIEW_PROFILE ' + reach IN viewer_grants
  RETURN reach
} AS value
