// Whether relationships of a viewer grant to view the case that a comment is on.
//
// comment  the comment
// value    true or false

RETURN EXISTS {
  MATCH (commented:Case {id: comment.case})
  UNWIND [commented.customer, commented.household] AS place
  MATCH (about:Party {id: place})
  WHERE reached(about, 'VIEW_CASES')
  RETURN about
} AS value
