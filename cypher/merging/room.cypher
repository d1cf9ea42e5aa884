// How much memory the database lets a transaction take; no row where it does not tell.
//
// size  such as 192.00MiB; 0B: any

SHOW SETTINGS 'db.memory.transaction.max' YIELD value
RETURN value AS size
