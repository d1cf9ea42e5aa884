// The case of this id.
//
// $id        its id
// this_case  it

MATCH (this_case:Case {id: $id})
RETURN this_case
