// Household representatives can be made, since relationships are kept within a household (SPEC 4.2).
//
// kind: data

MATCH (type:RelationshipType {code: 'HOUSEHOLD_REPRESENTATIVE'})
SET type.active = TRUE
