// What was deleted, by id, and cases among it by customer; groups by their type; jobs by id, the latest first, and those
// that are not done by state.
//
// kind: schema

CREATE CONSTRAINT deleted_id IF NOT EXISTS FOR (n:Deleted) REQUIRE n.id IS UNIQUE;
CREATE INDEX deleted_customer IF NOT EXISTS FOR (n:Deleted) ON (n.customer);
CREATE INDEX group_type IF NOT EXISTS FOR (n:Group) ON (n.group_type);
CREATE CONSTRAINT job_id IF NOT EXISTS FOR (n:Job) REQUIRE n.id IS UNIQUE;
CREATE INDEX job_state IF NOT EXISTS FOR (n:Job) ON (n.state, n.id);
CREATE CONSTRAINT packed_place IF NOT EXISTS FOR (n:Packed) REQUIRE (n.operation, n.place) IS UNIQUE
