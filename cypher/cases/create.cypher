// Makes a case.
//
// $properties  its properties, id and number among them
// $at          when
// $by          who

CREATE (this_case:Case {version: 1, comments: 0, created_at: $at, created_by: $by, updated_at: $at})
SET this_case += $properties
