// Many changes of an operation in one node, by the operation.
//
// kind: schema

CREATE CONSTRAINT packed_place IF NOT EXISTS FOR (n:Packed) REQUIRE (n.operation, n.place) IS UNIQUE
