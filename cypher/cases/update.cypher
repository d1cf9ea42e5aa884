// Changes a locked case.
//
// $id          which
// $properties  what to set; null removes one
// $at          when

MATCH (this_case:Case {id: $id})
SET this_case += $properties, this_case.version = this_case.version + 1, this_case.updated_at = $at
FINISH
