// How many relationships of each type a party has.
//
// party   whose they are
// $as_of  as of this day, null: today
// $today  today
// type    the type
// count   how many

MATCH (party)-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|SERVES|MEMBER_OF]-()
WHERE (relationship.valid_from IS NULL OR relationship.valid_from <= coalesce($as_of, $today))
  AND (relationship.valid_to IS NULL OR relationship.valid_to > coalesce($as_of, $today))
WITH relationship.type AS code, count(*) AS count
MATCH (type:RelationshipType {code: code})
RETURN type, count
ORDER BY type.code
