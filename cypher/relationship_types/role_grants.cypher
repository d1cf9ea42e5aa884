// What roles of a type grant, in the order of the roles; those that grant nothing are left out.
//
// type    the type
// role    the role
// grants  what it grants
// place   where the role stands among the type's

UNWIND range(0, size(type.roles) - 1) AS place
WITH place, type.roles[place] AS role
WITH place, role, [text IN type.role_grants WHERE split(text, ':')[0] = role | split(text, ':')[1]] AS grants
FILTER size(grants) > 0
RETURN role, grants, place
ORDER BY place
