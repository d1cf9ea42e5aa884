// The cases of these ids.
//
// $ids       their ids
// this_case  the case

UNWIND $ids AS id
MATCH (this_case:Case {id: id})
RETURN this_case
