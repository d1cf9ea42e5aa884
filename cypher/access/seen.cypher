// Whether relationships of a viewer reach a party, or the viewer is it: who sees only those whom relationships reach then
// sees it.
//
// party    the party
// $viewer  the viewer
// value    true or false

RETURN (party.id = $viewer OR reached(party, 'VIEW_PROFILE')) AS value
