// In which full-text index viewers look for what is misspelt who may not search all of every party: that of names.
//
// query  what they look for
// value  the index's name

RETURN 'party_names' AS value
