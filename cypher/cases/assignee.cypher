// The member of the staff who looks after a case, if somebody does.
//
// this_case  the case
// party      who

MATCH (party:Party {id: this_case.assignee})
RETURN party
