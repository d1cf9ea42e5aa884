// What others hide, once nobody else begins to hide anything: whoever does so takes these locks.
//
// scans what hides: there are a few.
//
// $operation  but this one
// id          the operation
// restores    the one that it undoes, null: it removes what it hides

MATCH (hiding:Hiding)
WITH hiding ORDER BY hiding.id
SET hiding._lock = TRUE
WITH hiding
WHERE hiding.id <> $operation AND hiding.until IS NULL
RETURN hiding.id AS id, hiding.restores AS restores
