// Staff by their location.
//
// kind: schema

CREATE INDEX internal_user_location IF NOT EXISTS FOR (n:InternalUser) ON (n.folded_location)
