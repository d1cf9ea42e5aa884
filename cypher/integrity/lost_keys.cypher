// API keys whose app is not there, or by which nobody can be known.
//
// scans API keys, and seeks the app of each.
//
// $most    records of at most so many
// count    how many
// records  [id] each

MATCH (key:ApiKey)
WHERE key.id IS NULL OR key.hash IS NULL OR NOT EXISTS { MATCH (:PartnerApp {id: key.app}) }
RETURN count(*) AS count, collect([coalesce(key.id, '')])[..$most] AS records
