// The postal address of a party, if it has one.
//
// party  whose it is

FILTER coalesce(party.address_street, party.address_city, party.address_postal_code, party.address_region,
                party.address_country) IS NOT NULL
RETURN party
