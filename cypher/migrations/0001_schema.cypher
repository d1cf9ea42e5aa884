// Constraints and indexes: what must be unique, and what is looked up or paged through.
//
// kind: schema

CREATE CONSTRAINT party_id IF NOT EXISTS FOR (n:Party) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT party_number IF NOT EXISTS FOR (n:Party) REQUIRE n.number IS UNIQUE;
CREATE CONSTRAINT party_login IF NOT EXISTS FOR (n:Party) REQUIRE n.login IS UNIQUE;
CREATE CONSTRAINT external_id_key IF NOT EXISTS FOR (n:ExternalId) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT relationship_type_id IF NOT EXISTS FOR (n:RelationshipType) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT relationship_type_code IF NOT EXISTS FOR (n:RelationshipType) REQUIRE n.code IS UNIQUE;
CREATE CONSTRAINT responsibility_id IF NOT EXISTS FOR (n:Responsibility) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT responsibility_code IF NOT EXISTS FOR (n:Responsibility) REQUIRE n.code IS UNIQUE;
CREATE CONSTRAINT operation_id IF NOT EXISTS FOR (n:Operation) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT lock_id IF NOT EXISTS FOR (n:Lock) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT migration_name IF NOT EXISTS FOR (n:Migration) REQUIRE n.name IS UNIQUE;

CREATE CONSTRAINT parent_of_id IF NOT EXISTS FOR ()-[r:PARENT_OF]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT partner_of_id IF NOT EXISTS FOR ()-[r:PARTNER_OF]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT oversees_id IF NOT EXISTS FOR ()-[r:OVERSEES]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT linked_to_id IF NOT EXISTS FOR ()-[r:LINKED_TO]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT serves_id IF NOT EXISTS FOR ()-[r:SERVES]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT represents_id IF NOT EXISTS FOR ()-[r:REPRESENTS]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT member_of_id IF NOT EXISTS FOR ()-[r:MEMBER_OF]-() REQUIRE r.id IS UNIQUE;

CREATE INDEX party_name IF NOT EXISTS FOR (n:Party) ON (n.sort_name, n.id);
CREATE TEXT INDEX party_search IF NOT EXISTS FOR (n:Party) ON (n.search);
CREATE INDEX change_party IF NOT EXISTS FOR (n:Change) ON (n.party, n.operation)
