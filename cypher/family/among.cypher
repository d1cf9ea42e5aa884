// Parentages and partnerships of people, most of them among them: whose other end is not is told from the ids.
//
// $ids          who
// $as_of        on this day, null: over all time
// $day          the day for which it is told whether a partnership is current
// parentages    [parent, child, pedigree] each
// partnerships  [relationship, one, other, whether it is current] each

UNWIND $ids AS id
MATCH (person:Party {id: id})
WITH COLLECT {
       MATCH (person)<-[link:PARENT_OF]-(parent)
       WHERE ($as_of IS NULL OR coalesce(link.valid_from_day <= $as_of, TRUE)
                            AND coalesce(link.valid_to_day > $as_of, TRUE))
       RETURN [parent.id, id, link.pedigree]
     } AS parentages,
     COLLECT {
       MATCH (person)-[link:PARTNER_OF]->(partner)
       WHERE ($as_of IS NULL OR coalesce(link.valid_from_day <= $as_of, TRUE)
                            AND coalesce(link.valid_to_day > $as_of, TRUE))
       RETURN [link.id, id, partner.id,
               coalesce(link.valid_from_day <= $day, TRUE) AND coalesce(link.valid_to_day > $day, TRUE)]
     } AS partnerships
RETURN collect(parentages) AS parentages, collect(partnerships) AS partnerships
