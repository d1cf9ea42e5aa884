// The customer of a membership.
//
// member  he, she or it
// party   the same

RETURN member AS party
