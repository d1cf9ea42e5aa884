// The migrations that were applied.
//
// scans them all: there are dozens, not thousands.
//
// name      the file
// checksum  SHA-256 of its text

MATCH (migration:Migration)
RETURN migration.name AS name, migration.checksum AS checksum
