// Whether relationships of a viewer grant to view the case that a comment is on.
//
// comment  the comment
// value    true or false

RETURN EXISTS {
  MATCH (commented:Case {id: comment.case})
  MATCH (customer:Party {id: commented.customer})
  WHERE reached(customer, 'VIEW_CASES')
} AS value
