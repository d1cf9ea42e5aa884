// Points types by id and code; the ledger by entry and, place by place, by customer. What an operation changed is
// looked up by the operation, too.
//
// kind: schema

CREATE CONSTRAINT points_type_id IF NOT EXISTS FOR (n:PointsType) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT points_type_code IF NOT EXISTS FOR (n:PointsType) REQUIRE n.code IS UNIQUE;
CREATE CONSTRAINT points_entry_id IF NOT EXISTS FOR (n:PointsEntry) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT points_entry_place IF NOT EXISTS FOR (n:PointsEntry) REQUIRE (n.party, n.place) IS UNIQUE;
CREATE INDEX change_operation IF NOT EXISTS FOR (n:Change) ON (n.operation, n.record)
