// Parentages and partnerships among people.
//
// $ids      who
// $as_of    on this day, null: over all time
// $day      the day for which `current` is told
// link      PARENT or PARTNER
// id        the relationship
// one       the parent, or either partner
// other     the child, or the other partner
// pedigree  of a parentage
// current   whether it holds on the day

UNWIND $ids AS one
MATCH (:Party {id: one})-[link:PARENT_OF|PARTNER_OF]->(far)
WHERE far.id IN $ids
  AND ($as_of IS NULL OR coalesce(link.valid_from_day <= $as_of, TRUE) AND coalesce(link.valid_to_day > $as_of, TRUE))
RETURN CASE type(link) WHEN 'PARENT_OF' THEN 'PARENT' ELSE 'PARTNER' END AS link, link.id AS id,
       one, far.id AS other, link.pedigree AS pedigree,
       coalesce(link.valid_from_day <= $day, TRUE) AND coalesce(link.valid_to_day > $day, TRUE) AS current
