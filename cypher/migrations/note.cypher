// Writes down that a migration was applied.
//
// $name      the file
// $checksum  SHA-256 of its text
// $at        when

MERGE (migration:Migration {name: $name})
SET migration.checksum = $checksum, migration.applied_at = $at
FINISH
