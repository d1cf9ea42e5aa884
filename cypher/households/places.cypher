// When some are members of households, whenever that is.
//
// $pairs      rows of {member, household}
// id          of the row
// member      whose row it is
// household   where
// valid_from  as given
// valid_to    as given

UNWIND $pairs AS pair
MATCH (:Party {id: pair.member})-[row:MEMBER_OF]->(:Household {id: pair.household})
RETURN row.id AS id, pair.member AS member, pair.household AS household, row.valid_from AS valid_from, row.valid_to AS valid_to
