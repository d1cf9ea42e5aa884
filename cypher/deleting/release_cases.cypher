// Changes whom cases name, in their next version.
//
// $cases  rows of {id, properties}; null removes a property
// $at     when

UNWIND $cases AS row
MATCH (this_case:Case {id: row.id})
SET this_case += row.properties, this_case.version = this_case.version + 1, this_case.updated_at = $at
