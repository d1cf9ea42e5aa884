// Makes a process the only one to migrate, unless another is at it.
//
// $runner  the process
// $now     when
// $until   when it counts as dead
// runner   the process, if it may

MERGE (lease:Lock {id: 'migrations'})
SET lease._lock = TRUE
WITH lease
WHERE lease.runner IS NULL OR lease.until < $now
SET lease.runner = $runner, lease.until = $until
RETURN lease.runner AS runner
