// Changes a partner app.
//
// $id          which
// $properties  what to set
// $at          when

MATCH (app:PartnerApp {id: $id})
SET app += $properties, app.version = app.version + 1, app.updated_at = $at
