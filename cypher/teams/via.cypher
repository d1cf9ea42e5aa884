// The account or household through which somebody is served, if it is through one.
//
// via    it
// party  the same

RETURN via AS party
