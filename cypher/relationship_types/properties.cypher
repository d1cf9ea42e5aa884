// The custom properties that relationships of a type have.
//
// type      the type
// code      the property
// name      its name for people
// kind      TEXT, NUMBER, DATE, BOOLEAN or CHOICE
// required  whether every relationship needs it
// choices   the values of a CHOICE, as JSON text
// place     where it stands in the list

UNWIND range(0, size(type.property_codes) - 1) AS place
RETURN type.property_codes[place] AS code, type.property_names[place] AS name, type.property_kinds[place] AS kind,
       type.property_required[place] AS required, type.property_choices[place] AS choices, place
ORDER BY place
