// Jobs by id, the latest first, by operation, and those that are not done by state; what an operation deleted;
// what hides, of which there are few, by label alone.
//
// kind: schema

CREATE CONSTRAINT job_id IF NOT EXISTS FOR (n:Job) REQUIRE n.id IS UNIQUE;
CREATE INDEX job_operation IF NOT EXISTS FOR (n:Job) ON (n.operation);
CREATE INDEX job_state IF NOT EXISTS FOR (n:Job) ON (n.state, n.id);
CREATE INDEX deleted_by IF NOT EXISTS FOR (n:Deleted) ON (n.deleted_by);
CREATE INDEX hiding_id IF NOT EXISTS FOR (n:Hiding) ON (n.id)
