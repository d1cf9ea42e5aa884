// What a partner app is never shown.
//
// value  false

RETURN FALSE AS value
