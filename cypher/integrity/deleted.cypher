// What is kept of something deleted, and by no operation that there is, or without saying what it was, or while that is
// there still, or with a relationship.
//
// scans what was deleted, and seeks the operation of each, and what there may be of its id.
//
// $most    records of at most so many
// count    how many
// records  [id] each

MATCH (kept:Deleted)
WHERE kept.id IS NULL OR coalesce(size(kept.deleted_labels), 0) = 0
   OR NOT EXISTS { MATCH (:Operation {id: kept.deleted_by}) }
   OR EXISTS { MATCH (:Party {id: kept.id}) }
   OR EXISTS { MATCH (:Case {id: kept.id}) }
   OR EXISTS { MATCH (:RelationshipType {id: kept.id}) }
   OR EXISTS { MATCH (:Responsibility {id: kept.id}) }
   OR EXISTS { (kept)-[:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-() }
RETURN count(*) AS count, collect([coalesce(kept.id, '')])[..$most] AS records
