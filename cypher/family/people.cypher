// The people of a tree, with what is shown of them beside their links in it.
//
// $ids    who
// $as_of  on this day, null: over all time
// people  [id, earliest day of birth, parents in the graph, children in the graph] each

UNWIND $ids AS id
MATCH (person:Party {id: id})
WITH id, person.birth_date_earliest AS born,
     COUNT {
       MATCH (person)<-[link:PARENT_OF]-(parent)
       WHERE ($as_of IS NULL OR coalesce(link.valid_from_day <= $as_of, TRUE)
                            AND coalesce(link.valid_to_day > $as_of, TRUE))
       RETURN DISTINCT parent
     } AS parents,
     COUNT {
       MATCH (person)-[link:PARENT_OF]->(child)
       WHERE ($as_of IS NULL OR coalesce(link.valid_from_day <= $as_of, TRUE)
                            AND coalesce(link.valid_to_day > $as_of, TRUE))
       RETURN DISTINCT child
     } AS children
RETURN collect([id, born, parents, children]) AS people
