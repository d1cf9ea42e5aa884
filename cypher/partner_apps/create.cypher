// Makes a partner app.
//
// $properties  its properties, id among them
// $at          when

CREATE (app:PartnerApp {version: 1, created_at: $at, updated_at: $at})
SET app += $properties
