// Waits until what has been written can be found by words.
//
// done  always true

CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()
RETURN TRUE AS done
