// An idempotency key belongs to one operation.
//
// kind: schema

CREATE CONSTRAINT operation_idempotency_key IF NOT EXISTS FOR (n:Operation) REQUIRE n.idempotency_key IS UNIQUE
