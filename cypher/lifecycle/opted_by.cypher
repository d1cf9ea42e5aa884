// The party that wrote a customer's email preference down, where it was one that Kith keeps.
//
// party  the customer
// who    the same party, for a moment

MATCH (who:Party {id: party.email_opt_in_by})
RETURN who AS party
