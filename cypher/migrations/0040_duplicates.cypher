// Customers by the words of their names and addresses, and by what else two records of one have in common; it follows
// changes within moments, so that nobody who writes waits for it. Pairs who may be one, by how likely that is.
//
// kind: schema

CREATE FULLTEXT INDEX customer_words IF NOT EXISTS FOR (n:Consumer|Account)
ON EACH [n.sort_name, n.email, n.phone, n.birth_date, n.registration_number,
         n.address_street, n.address_city, n.address_postal_code]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding', `fulltext.eventually_consistent`: true}};
CREATE CONSTRAINT may_be_same_as_id IF NOT EXISTS FOR ()-[r:MAY_BE_SAME_AS]-() REQUIRE r.id IS UNIQUE;
CREATE INDEX may_be_same_as_score IF NOT EXISTS FOR ()-[r:MAY_BE_SAME_AS]-() ON (r.score, r.id);
CREATE CONSTRAINT not_same_as_id IF NOT EXISTS FOR ()-[r:NOT_SAME_AS]-() REQUIRE r.id IS UNIQUE;
CREATE CONSTRAINT progress_name IF NOT EXISTS FOR (n:Progress) REQUIRE n.name IS UNIQUE
