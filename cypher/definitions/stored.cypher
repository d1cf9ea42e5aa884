// What relationships are judged by.
//
// scans them all: there are dozens, not thousands.
//
// types             the properties of relationship types, but for dates
// responsibilities  those of responsibilities, by code

MATCH (type:RelationshipType)
WITH collect(type {.*, created_at: NULL, updated_at: NULL}) AS types
RETURN types, COLLECT {
  MATCH (responsibility:Responsibility)
  RETURN responsibility {.id, .code, .name, .holder_kinds, .subject_kinds}
  ORDER BY responsibility.code
} AS responsibilities
