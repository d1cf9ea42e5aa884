// Closes consents of a consumer who is locked.
//
// $consents  rows of {id, valid_to_day}
// $at        when
// $by        who did so

UNWIND $consents AS row
MATCH ()-[consent:CONSENTS_TO {id: row.id}]->()
SET consent.valid_to_day = row.valid_to_day, consent.withdrawn_at = $at, consent.withdrawn_by = $by
