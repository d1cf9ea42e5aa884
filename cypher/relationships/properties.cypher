// The custom properties of a relationship.
//
// relationship  the edge
// code          the property
// value         its value as JSON text
// place         where it stands in the list

UNWIND range(0, size(coalesce(relationship.property_codes, [])) - 1) AS place
RETURN relationship.property_codes[place] AS code, relationship.property_values[place] AS value, place
ORDER BY place
