// Which relationships of a customer who is to be merged rest on ends that are locked for it, as far as can be told
// before these are locked.
//
// $merged     the customer
// $types      codes of types with a limit, and of acyclic ones
// $exclusive  codes of responsibilities that only one may carry
// $most       at most so many
// relationship  its properties, but when it was made and changed
// source      the party it starts at
// target      the party it leads to

MATCH (:Party {id: $merged})-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF]-()
WHERE relationship.type IN $types OR relationship.responsibility IN $exclusive OR relationship.household IS NOT NULL
   OR endNode(relationship):Household
WITH relationship LIMIT $most
RETURN relationship {.*, created_at: NULL, updated_at: NULL} AS relationship, startNode(relationship).id AS source,
       endNode(relationship).id AS target
