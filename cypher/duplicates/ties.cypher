// How pairs of customers relate, as far as it says whether they may be one.
//
// $pairs            the ids of both, each
// $today            today
// one               the first
// other             the second
// parent_and_child  whether one is a parent of the other
// spouses           whether they are or were partners
// siblings          whether they are told to be siblings
// above             whether one is head office or subsidiary of the other
// shared            how many relatives, or contacts, both have, three for more
// same_household    whether both are members of a household today
// told_apart        whether somebody has said that they are not the same

UNWIND $pairs AS pair
MATCH (one:Party {id: pair[0]})
MATCH (other:Party {id: pair[1]})
RETURN pair[0] AS one, pair[1] AS other,
       EXISTS { (one)-[:PARENT_OF]-(other) } AS parent_and_child,
       EXISTS { (one)-[:PARTNER_OF]-(other) } AS spouses,
       EXISTS { (one)-[:LINKED_TO {type: 'SIBLING'}]-(other) } AS siblings,
       EXISTS { (one)-[:OVERSEES]-(other) } OR EXISTS { (one)-[:LINKED_TO {type: 'SUBSIDIARY'}]-(other) } AS above,
       size(COLLECT {
         MATCH (one)<-[:PARENT_OF]-(shared)-[:PARENT_OF]->(other) RETURN shared.id AS id LIMIT 3
       UNION
         MATCH (one)-[:PARENT_OF]->(shared)<-[:PARENT_OF]-(other) RETURN shared.id AS id LIMIT 3
       UNION
         MATCH (one)-[:PARTNER_OF]-(shared)-[:PARTNER_OF]-(other) RETURN shared.id AS id LIMIT 3
       UNION
         MATCH (one)<-[:LINKED_TO {type: 'CONTACT'}]-(shared)-[:LINKED_TO {type: 'CONTACT'}]->(other)
         RETURN shared.id AS id LIMIT 3
       }) AS shared,
       EXISTS {
         MATCH (one)-[mine:MEMBER_OF]->(household:Household)<-[theirs:MEMBER_OF]-(other)
         WHERE all(place IN [mine, theirs] WHERE coalesce(place.valid_from_day <= $today, TRUE)
                                             AND coalesce(place.valid_to_day > $today, TRUE))
       } AS same_household,
       EXISTS { (one)-[:NOT_SAME_AS]-(other) } AS told_apart
