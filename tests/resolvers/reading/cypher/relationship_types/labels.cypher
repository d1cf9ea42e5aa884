// What the ends of relationships are to each other, by their types.
//
// key    the code of the type
// value  "is child of", "is parent of": what the target is to the source, and the source to the target

MATCH (type:RelationshipType)
RETURN type.code AS key, [type.reverse_label, type.label] AS value
