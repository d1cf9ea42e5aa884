// A customer is merged into nobody any more.
//
// $merged  who

MATCH (:Party {id: $merged})-[into:MERGED_INTO]->()
DELETE into
FINISH
