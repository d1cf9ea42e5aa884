// People of a family tree: what is shown of each, their parents and their partners.
//
// Lists of equal length for each sort of things: a list of lists costs the driver five times as much.
//
// $ids           who
// $as_of         links that hold on this day, null: or ever did or will
// $day           the day for which it is told whether a partnership is current
// people         those that there are
// births         of each the earliest day of birth as text, empty where it is unknown
// counts         of each how many children it has in the graph
// parents        of each parentage the parent
// children       the child, one of these people
// pedigrees      the pedigree
// partnerships   of each partnership its relationship, twice where both are among these people
// ones           either of the two, one of these people
// others         the other
// current        whether it is current

CALL () {
  UNWIND $ids AS id
  MATCH (person:Party {id: id})
  RETURN collect(id) AS people,
         collect(coalesce(toString(person.birth_date_earliest), '')) AS births,
         collect(COUNT {
           MATCH (person)-[link:PARENT_OF]->(child)
           WHERE ($as_of IS NULL OR coalesce(link.valid_from_day <= $as_of, TRUE)
                                AND coalesce(link.valid_to_day > $as_of, TRUE))
           RETURN DISTINCT child
         }) AS counts
}
CALL () {
  UNWIND $ids AS id
  MATCH (:Party {id: id})<-[link:PARENT_OF]-(parent)
  WHERE ($as_of IS NULL OR coalesce(link.valid_from_day <= $as_of, TRUE) AND coalesce(link.valid_to_day > $as_of, TRUE))
  RETURN collect(parent.id) AS parents, collect(id) AS children, collect(link.pedigree) AS pedigrees
}
CALL () {
  UNWIND $ids AS id
  MATCH (:Party {id: id})-[link:PARTNER_OF]-(partner)
  WHERE ($as_of IS NULL OR coalesce(link.valid_from_day <= $as_of, TRUE) AND coalesce(link.valid_to_day > $as_of, TRUE))
  RETURN collect(link.id) AS partnerships, collect(id) AS ones, collect(partner.id) AS others,
         collect(coalesce(link.valid_from_day <= $day, TRUE) AND coalesce(link.valid_to_day > $day, TRUE)) AS current
}
RETURN people, births, counts, parents, children, pedigrees, partnerships, ones, others, current
