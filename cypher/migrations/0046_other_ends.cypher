// Changes of a relationship that stand in the history of one of its ends, by the other one: whoever is erased is in them too.
//
// kind: schema

CREATE INDEX change_other IF NOT EXISTS FOR (n:Change) ON (n.other)
