// Writes down what was said on a locked case; the case's version stays.
//
// $case     the case
// $comment  the comment's properties
// $at       when
// $by       who

MATCH (this_case:Case {id: $case})
CREATE (comment:CaseComment {created_at: $at, created_by: $by})
SET comment += $comment, this_case.comments = $comment.place
FINISH
