// Memberships say whether they are head of a household, and whether it is their consumer's primary one. Of the places
// that a consumer has in households at a time the one made first is primary; who is head, only people can tell.
//
// kind: data

MATCH (member)-[membership:MEMBER_OF]->(group)
WHERE membership.is_head IS NULL OR membership.is_primary IS NULL
SET membership.is_head = coalesce(membership.is_head, FALSE),
    membership.is_primary = coalesce(membership.is_primary,
      member:Consumer AND group:Household AND NOT EXISTS {
        MATCH (member)-[other:MEMBER_OF]->(:Household)
        WHERE (other.created_at < membership.created_at
               OR other.created_at = membership.created_at AND other.id < membership.id)
          AND coalesce(other.valid_from_day < membership.valid_to_day, TRUE)
          AND coalesce(membership.valid_from_day < other.valid_to_day, TRUE)
      })
