// What relationships are judged by.
//
// scans them all: there are dozens, not thousands.
//
// types             the properties of relationship types, but for dates
// responsibilities  those of responsibilities, by code, but for dates

MATCH (type:RelationshipType)
WITH collect(type {.*, created_at: NULL, updated_at: NULL}) AS types
RETURN types, COLLECT {
  MATCH (responsibility:Responsibility)
  RETURN responsibility {.*, created_at: NULL, updated_at: NULL}
  ORDER BY responsibility.code
} AS responsibilities
