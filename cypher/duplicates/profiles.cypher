// What is compared of customers; merged ones are left out.
//
// $ids      the customers
// id        the customer
// kind      its kind
// profile   its properties, as far as they are compared

UNWIND $ids AS id
MATCH (customer:Party {id: id})
WHERE customer.kind IN ['Consumer', 'Account'] AND customer.status <> 'MERGED'
RETURN customer.id AS id, customer.kind AS kind,
       customer {.given_name, .family_name, .other_names_texts, .other_names_kinds, .suffix, .gender, .birth_date,
                 .legal_name, .registration_number, .email, .phone,
                 .address_street, .address_city, .address_postal_code} AS profile
