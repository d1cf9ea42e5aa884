// Cases by id and number; those of a customer, a household or somebody of the staff, and those that are open or closed,
// in the order in which they were made; comments by case, place by place.
//
// kind: schema

CREATE CONSTRAINT case_id IF NOT EXISTS FOR (n:Case) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT case_number IF NOT EXISTS FOR (n:Case) REQUIRE n.number IS UNIQUE;
CREATE CONSTRAINT case_comment_id IF NOT EXISTS FOR (n:CaseComment) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT case_comment_place IF NOT EXISTS FOR (n:CaseComment) REQUIRE (n.case, n.place) IS UNIQUE;
CREATE INDEX case_customer IF NOT EXISTS FOR (n:Case) ON (n.customer, n.id, n.status);
CREATE INDEX case_customer_status IF NOT EXISTS FOR (n:Case) ON (n.customer, n.status);
CREATE INDEX case_household IF NOT EXISTS FOR (n:Case) ON (n.household, n.id, n.status);
CREATE INDEX case_assignee IF NOT EXISTS FOR (n:Case) ON (n.assignee, n.id, n.status);
CREATE INDEX case_status IF NOT EXISTS FOR (n:Case) ON (n.status, n.id);
CREATE TEXT INDEX case_search IF NOT EXISTS FOR (n:Case) ON (n.search)
