// Kith's transactions that are open on this server, reading ones too.
//
// $but  kinds of work that do not count
// id    the transaction

SHOW TRANSACTIONS YIELD transactionId AS id, metaData AS told
WHERE coalesce(told.work, told.statement) IS NOT NULL AND NOT coalesce(told.work, '') IN $but
RETURN id
