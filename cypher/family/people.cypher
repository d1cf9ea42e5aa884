// What a tree shows of people beside their links in it.
//
// $ids      who
// $as_of    on this day, null: over all time
// id        the person
// born      the earliest day of birth
// parents   how many parents there are in the graph
// children  how many children

UNWIND $ids AS id
MATCH (person:Party {id: id})
RETURN id, person.birth_date_earliest AS born,
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
