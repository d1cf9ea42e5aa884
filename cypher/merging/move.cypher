// Gives relationships of a customer to another. An edge cannot change its ends: it is made anew, with the same id and all
// that it has. Row by row, so that a transaction has no more in memory than what it changes.
//
// $giver      whose they are
// $taker      whose they become
// $ids        which
// $differing  by their ids what else changes, of those of which something does
// $at         when
// moved       how many; fewer than ids where one, or a party, is gone

MATCH (giver:Party {id: $giver})
MATCH (taker:Party {id: $taker})
MATCH (giver)-[old:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-(far)
WHERE old.id IN $ids
CALL (giver, taker, old, far) {
  WITH old, type(old) AS edge, properties(old) AS held,
       CASE WHEN startNode(old) = giver THEN taker ELSE far END AS source,
       CASE WHEN startNode(old) = giver THEN far ELSE taker END AS target
  DELETE old
  CREATE (source)-[relationship:$(edge)]->(target)
  SET relationship = held
  SET relationship += coalesce($differing[held.id], {}), relationship.version = held.version + 1, relationship.updated_at = $at
}
RETURN count(*) AS moved
