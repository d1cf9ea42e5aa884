// Staff are found by their location as texts are compared: without accents and case.
//
// kind: data

MATCH (user:InternalUser)
WHERE user.location IS NOT NULL AND user.folded_location IS NULL
SET user.folded_location = reduce(folded = '', letter IN split(normalize(toLower(user.location), NFKD), '') |
                                  folded + CASE WHEN letter =~ '\\p{M}' THEN '' ELSE letter END)
