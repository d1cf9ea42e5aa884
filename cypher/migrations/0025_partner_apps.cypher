// Partner apps, API keys by id and by hash, keys by app; consents by id.
//
// kind: schema

CREATE CONSTRAINT partner_app_id IF NOT EXISTS FOR (n:PartnerApp) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT api_key_id IF NOT EXISTS FOR (n:ApiKey) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT api_key_hash IF NOT EXISTS FOR (n:ApiKey) REQUIRE n.hash IS UNIQUE;
CREATE INDEX api_key_app IF NOT EXISTS FOR (n:ApiKey) ON (n.app, n.id);
CREATE CONSTRAINT consents_to_id IF NOT EXISTS FOR ()-[r:CONSENTS_TO]-() REQUIRE r.id IS UNIQUE
