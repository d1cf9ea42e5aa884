// Makes a responsibility.
//
// $properties  its properties, id and code among them
// $at          when

CREATE (responsibility:Responsibility {version: 1, created_at: $at, updated_at: $at})
SET responsibility += $properties
