// Of a consumer's resets of the password one is under way at a time; they are found by when they must be over.
//
// kind: schema

CREATE CONSTRAINT password_reset_id IF NOT EXISTS FOR (n:PasswordReset) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT password_reset_consumer IF NOT EXISTS FOR (n:PasswordReset) REQUIRE n.consumer IS UNIQUE;
CREATE INDEX password_reset_until IF NOT EXISTS FOR (n:PasswordReset) ON (n.until)
