// Whether a viewer may view the cases of a party: his or her own, and of whom relationships grant it.
//
// party    the party
// $viewer  the viewer
// value    true or false

RETURN (party.id = $viewer OR reached(party, 'VIEW_CASES')) AS value
