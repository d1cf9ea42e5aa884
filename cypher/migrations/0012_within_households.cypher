// What was made within a household is found by the day on which an end leaves; other edges have no such day.
//
// kind: schema

CREATE INDEX parent_of_within_until IF NOT EXISTS FOR ()-[r:PARENT_OF]-() ON (r.within_until);
CREATE INDEX partner_of_within_until IF NOT EXISTS FOR ()-[r:PARTNER_OF]-() ON (r.within_until);
CREATE INDEX oversees_within_until IF NOT EXISTS FOR ()-[r:OVERSEES]-() ON (r.within_until);
CREATE INDEX linked_to_within_until IF NOT EXISTS FOR ()-[r:LINKED_TO]-() ON (r.within_until);
CREATE INDEX represents_within_until IF NOT EXISTS FOR ()-[r:REPRESENTS]-() ON (r.within_until)
