// Sessions by id, and those of a party.
//
// kind: schema

CREATE CONSTRAINT session_id IF NOT EXISTS FOR (n:Session) REQUIRE n.id IS UNIQUE;
CREATE INDEX session_party IF NOT EXISTS FOR (n:Session) ON (n.party)
