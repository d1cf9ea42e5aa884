// Some cases, in the order of their ids, with what they are judged by.
//
// $after  the id after which they come, '' for the first
// $size   at most so many
// cases   [id, number, subject, status, search, whether there is a version, and a time of closing, whether the customer,
//         the household and the assignee are there (null: the case names none; whom a job is deleting, or bringing back,
//         counts: it sees to the case), the number of comments that it knows of, how many there are, the last one's place] each

MATCH (this_case:Case)
WHERE this_case.id > $after
WITH this_case ORDER BY this_case.id LIMIT $size
CALL (this_case) {
  OPTIONAL MATCH (comment:CaseComment {case: this_case.id})
  WHERE comment.place IS NOT NULL
  RETURN count(comment) AS said, coalesce(max(comment.place), 0) AS last_place
}
RETURN collect([
  this_case.id, this_case.number, this_case.subject, this_case.status, this_case.search,
  this_case.version IS NOT NULL, this_case.closed_at IS NOT NULL,
  EXISTS { MATCH (party:Party {id: this_case.customer}) WHERE party:Consumer OR party:Account },
  CASE WHEN this_case.household IS NOT NULL
    THEN EXISTS { MATCH (party:Party {id: this_case.household}) WHERE party:Household }
      OR EXISTS { MATCH (kept:Deleted {id: this_case.household}) MATCH (hiding:Hiding)
        WHERE kept.deleted_by IN [hiding.id, hiding.restores] } END,
  CASE WHEN this_case.assignee IS NOT NULL
    THEN EXISTS { MATCH (party:Party {id: this_case.assignee}) WHERE party:InternalUser }
      OR EXISTS { MATCH (kept:Deleted {id: this_case.assignee}) MATCH (hiding:Hiding)
        WHERE kept.deleted_by IN [hiding.id, hiding.restores] } END,
  this_case.comments, said, last_place
]) AS cases
