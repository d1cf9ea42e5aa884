// Links from people to their families, for one level of a tree.
//
// $parents_of   whose parents are wanted
// $children_of  whose children
// $siblings_of  whose siblings with whom they have no known parent in common
// $partners_of  whose partners
// $as_of        on this day, null: over all time
// links         [link, one, other] each: PARENT, SIBLING or PARTNER, the parent or either, the child or the other

CALL () {
  UNWIND $parents_of AS id
  MATCH (:Party {id: id})<-[link:PARENT_OF]-(parent)
  WHERE ($as_of IS NULL OR coalesce(link.valid_from_day <= $as_of, TRUE) AND coalesce(link.valid_to_day > $as_of, TRUE))
  RETURN 'PARENT' AS link, parent.id AS one, id AS other
  UNION
  UNWIND $children_of AS id
  MATCH (:Party {id: id})-[link:PARENT_OF]->(child)
  WHERE ($as_of IS NULL OR coalesce(link.valid_from_day <= $as_of, TRUE) AND coalesce(link.valid_to_day > $as_of, TRUE))
  RETURN 'PARENT' AS link, id AS one, child.id AS other
  UNION
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
  RETURN 'SIBLING' AS link, id AS one, sibling.id AS other
  UNION
  UNWIND $partners_of AS id
  MATCH (:Party {id: id})-[link:PARTNER_OF]-(partner)
  WHERE ($as_of IS NULL OR coalesce(link.valid_from_day <= $as_of, TRUE) AND coalesce(link.valid_to_day > $as_of, TRUE))
  RETURN 'PARTNER' AS link, id AS one, partner.id AS other
}
RETURN collect([link, one, other]) AS links
