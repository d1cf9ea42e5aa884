// Kith's transactions that are open on this server.
//
// $but  kinds of work that do not count
// id    the transaction

SHOW TRANSACTIONS YIELD transactionId AS id, metaData AS told
WHERE told.work IS NOT NULL AND NOT told.work IN $but
RETURN id
