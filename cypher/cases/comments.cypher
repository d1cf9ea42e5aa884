// What was said on a case, the first first.
//
// this_case  the case
// comment    what was said

MATCH (comment:CaseComment {case: this_case.id})
WHERE comment.place IS NOT NULL
RETURN comment
ORDER BY comment.case, comment.place
