// Whether a relationship that holds now is one by which whoever serves its near party reaches the far one. Of the hundreds
// of an account's contacts it spares each the search that access/reached_by_staff is.
//
// relationship  the edge
// far           the far party
// known         what access/reaching tells of the near party
// $today        today
// value         true or false

RETURN (known <> [] AND startNode(relationship) = far AND NOT coalesce(far.deceased, FALSE)
  AND CASE WHEN relationship.category = 'GROUP' THEN 'MEMBERS' IN known
           ELSE relationship.type = 'CONTACT' AND 'CONTACTS' IN known END
  AND coalesce(relationship.valid_from_day <= $today, TRUE)
  AND coalesce(relationship.valid_to_day > $today, TRUE)) AS value
