// What relationships are judged by: these types and all acyclic ones, over which cycles count, and every responsibility.
//
// scans them all: there are dozens, not thousands.
//
// $codes            the types' codes, null: all types
// types             their properties
// responsibilities  their properties, by code

MATCH (type:RelationshipType)
WHERE $codes IS NULL OR type.code IN $codes OR type.acyclic
WITH collect(properties(type)) AS types
RETURN types, COLLECT {
  MATCH (responsibility:Responsibility)
  RETURN properties(responsibility)
  ORDER BY responsibility.code
} AS responsibilities
