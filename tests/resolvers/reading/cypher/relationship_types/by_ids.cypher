// The types of these ids.
//
// $ids  their ids
// type  the type

UNWIND $ids AS id
MATCH (type:RelationshipType {id: id})
RETURN type
