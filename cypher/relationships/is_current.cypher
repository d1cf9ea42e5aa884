// Whether a relationship holds today.
//
// relationship  the edge
// $today        today
// value         true or false

RETURN (coalesce(relationship.valid_from_day <= $today, TRUE)
        AND coalesce(relationship.valid_to_day > $today, TRUE)) AS value
