// Links from people to their families, for one level of a tree.
//
// $parents_of   whose parents are wanted
// $children_of  whose children
// $siblings_of  whose siblings with whom they have no known parent in common
// $as_of        on this day, null: over all time
// parents       the parents that were found
// children      of each of these the child
// siblings      those of whom siblings were found
// others        of each of these the sibling

CALL () {
  CALL () {
    UNWIND $parents_of AS id
    MATCH (:Party {id: id})<-[link:PARENT_OF]-(parent)
    WHERE ($as_of IS NULL OR coalesce(link.valid_from_day <= $as_of, TRUE)
                         AND coalesce(link.valid_to_day > $as_of, TRUE))
    RETURN parent.id AS parent, id AS child
    UNION ALL
    UNWIND $children_of AS id
    MATCH (:Party {id: id})-[link:PARENT_OF]->(child)
    WHERE ($as_of IS NULL OR coalesce(link.valid_from_day <= $as_of, TRUE)
                         AND coalesce(link.valid_to_day > $as_of, TRUE))
    RETURN id AS parent, child.id AS child
  }
  RETURN collect(parent) AS parents, collect(child) AS children
}
CALL () {
  UNWIND $siblings_of AS id
  MATCH (person:Party {id: id})-[link:LINKED_TO {type: 'SIBLING'}]-(sibling)
  WHERE ($as_of IS NULL OR coalesce(link.valid_from_day <= $as_of, TRUE) AND coalesce(link.valid_to_day > $as_of, TRUE))
    AND NOT EXISTS {
      MATCH (person)<-[one:PARENT_OF]-()-[other:PARENT_OF]->(sibling)
      WHERE ($as_of IS NULL OR coalesce(one.valid_from_day <= $as_of, TRUE)
                               AND coalesce(one.valid_to_day > $as_of, TRUE))
        AND ($as_of IS NULL OR coalesce(other.valid_from_day <= $as_of, TRUE)
                               AND coalesce(other.valid_to_day > $as_of, TRUE))
    }
  RETURN collect(id) AS siblings, collect(sibling.id) AS others
}
RETURN parents, children, siblings, others
