// Comments whose case is not there, and is not deleted, or that are in no place of it.
//
// scans comments, and seeks the case of each.
//
// $most    records of at most so many
// count    how many
// records  [id of the comment] each

MATCH (comment:CaseComment)
WHERE comment.place IS NULL OR NOT (EXISTS { MATCH (:Case {id: comment.case}) } OR EXISTS { MATCH (:Deleted {id: comment.case}) })
RETURN count(*) AS count, collect([comment.id])[..$most] AS records
