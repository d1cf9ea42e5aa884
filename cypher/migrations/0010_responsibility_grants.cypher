// What the built-in responsibilities grant, and how far that reaches (SPEC 5.2); roles grant nothing yet.
//
// kind: data
//
// Members are managed of a household only; of a consumer, whom a Relationship Manager serves too, there are none.

UNWIND [
  {code: 'ACCOUNT_MANAGER', reach: ['CONTACTS', 'DESCENDANTS'],
   grants: ['VIEW_PROFILE', 'VIEW_CASES', 'CREATE_CASES', 'MANAGE_CASES']},
  {code: 'RELATIONSHIP_MANAGER', reach: ['MEMBERS'],
   grants: ['VIEW_PROFILE', 'VIEW_CASES', 'CREATE_CASES', 'MANAGE_CASES', 'MANAGE_MEMBERS']},
  {code: 'AUTHORIZED_REPRESENTATIVE', reach: [],
   grants: ['VIEW_PROFILE', 'VIEW_CASES', 'CREATE_CASES', 'MANAGE_CASES']}
] AS row
MATCH (responsibility:Responsibility {code: row.code})
SET responsibility += row, responsibility.exclusive = FALSE, responsibility.active = TRUE,
    responsibility.built_in = TRUE, responsibility.version = coalesce(responsibility.version, 1),
    responsibility.created_at = coalesce(responsibility.created_at, datetime()),
    responsibility.updated_at = coalesce(responsibility.updated_at, datetime())
WITH count(*) AS done
MATCH (type:RelationshipType)
SET type.role_grants = coalesce(type.role_grants, [])
