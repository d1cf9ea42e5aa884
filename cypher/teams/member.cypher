// The staff member of a team.
//
// member  he or she
// party   the same

RETURN member AS party
