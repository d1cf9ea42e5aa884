// Relationship types, by code.
//
// $categories  of these categories, null: all
// $active      only active, or only inactive ones, null: both
// type         the type

MATCH (type:RelationshipType)
WHERE ($categories IS NULL OR type.category IN $categories) AND ($active IS NULL OR type.active = $active)
RETURN type
ORDER BY type.code
