// Passwords by whose they are, the numbers of signing keys, and sessions that are over.
//
// kind: schema

CREATE CONSTRAINT password_party IF NOT EXISTS FOR (n:Password) REQUIRE n.party IS UNIQUE;
CREATE CONSTRAINT signing_key_number IF NOT EXISTS FOR (n:SigningKey) REQUIRE n.number IS UNIQUE;
CREATE INDEX session_ended IF NOT EXISTS FOR (n:Session) ON (n.ended_at);
CREATE INDEX session_expires IF NOT EXISTS FOR (n:Session) ON (n.expires_at)
