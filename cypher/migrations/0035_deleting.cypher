// What was deleted, by id, and cases among it by customer; groups by their type.
//
// kind: schema

CREATE CONSTRAINT deleted_id IF NOT EXISTS FOR (n:Deleted) REQUIRE n.id IS UNIQUE;
CREATE INDEX deleted_customer IF NOT EXISTS FOR (n:Deleted) ON (n.customer);
CREATE INDEX group_type IF NOT EXISTS FOR (n:Group) ON (n.group_type)
