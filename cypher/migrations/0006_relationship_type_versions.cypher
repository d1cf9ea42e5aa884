// Built-in relationship types have a version and dates, as those have that administrators define.
//
// kind: data

MATCH (type:RelationshipType)
WHERE type.version IS NULL
SET type.version = 1, type.created_at = datetime(), type.updated_at = datetime()
