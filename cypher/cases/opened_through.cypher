// The relationship by which somebody could open a case on the customer's behalf; none where it was needed, or where it
// was removed since.
//
// this_case     the case
// relationship  the edge

MATCH ()-[relationship:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF
          {id: this_case.opened_through}]->()
RETURN relationship
