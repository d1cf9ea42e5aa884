// What an app may read now by a consent: what domain/consents.py has as `shown`.
//
// consent    the edge
// consenter  whose it is
// app        the app
// $today     today
// value      a scope

UNWIND consent.scopes AS value
WITH value
WHERE value IN app.scopes AND app.active
  AND consent.valid_to_day IS NULL
  AND NOT coalesce(consenter.deceased, FALSE) AND consenter.status IN ['ACTIVE', 'ENROLLED']
  AND CASE WHEN consent.by_guardian THEN consenter.birth_date_earliest > $today - duration({years: 16})
           ELSE consenter.birth_date_latest <= $today - duration({years: 16}) END
RETURN value
