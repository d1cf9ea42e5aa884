// Makes an API key.
//
// $properties  its properties, id, app and hash among them
// $at          when
// $by          who issued it

CREATE (key:ApiKey {created_at: $at, created_by: $by})
SET key += $properties
