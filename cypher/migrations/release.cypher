// Lets the next process migrate.
//
// $runner  who has finished

MATCH (lease:Lock {id: 'migrations'})
WHERE lease.runner = $runner
REMOVE lease.runner, lease.until
FINISH
