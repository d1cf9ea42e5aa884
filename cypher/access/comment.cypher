// Whether relationships of a viewer grant to view the case that a comment is on.
//
// comment  the comment
// value    true or false

RETURN EXISTS {
  MATCH (commented:Case {id: comment.case})
  WHERE case_reached(commented)
  RETURN commented
} AS value
