// The household or group of a membership.
//
// group  it
// party  the same

RETURN group AS party
