// Who a viewer is at this moment, and what his or her relationships grant.
//
// $viewer          the party that has signed in
// $session         the session that it is in; null where there is none that could end
// $claimed         its roles where its issuer tells them; null where the graph does
// $login           the login by which its issuer names it; null where it is not known by that
// viewer_standing  its kind, roles, status, whether it is deceased, and whether the session holds and the login is its
//                  own; each but the last null where there is no such party
// viewer_grants    what responsibilities grant, and how far, as "<code> <grant> <reach>", the reach to the party itself
//                  being PARTY; and what roles in households and groups grant, as "<code of the type>:<role>:<grant>"
//
// Staff use relationships as RELATIONSHIP_AGENT only.

OPTIONAL MATCH (viewer:Party {id: $viewer})
RETURN [viewer.kind, coalesce($claimed, viewer.roles), viewer.status, viewer.deceased,
        ($login IS NULL OR viewer.login = $login) AND ($session IS NULL OR EXISTS {
          MATCH (session:Session {id: $session}) WHERE session.party = $viewer AND session.ended_at IS NULL
        })] AS viewer_standing,
       COLLECT {
         MATCH (responsibility:Responsibility)
         WHERE viewer.kind = 'Consumer' OR 'RELATIONSHIP_AGENT' IN coalesce($claimed, viewer.roles)
         UNWIND responsibility.grants AS grant
         UNWIND 'PARTY' + responsibility.reach AS reach
         RETURN responsibility.code + ' ' + grant + ' ' + reach AS granted
       UNION ALL
         MATCH (type:RelationshipType)
         WHERE viewer.kind = 'Consumer' AND type.role_grants IS NOT NULL
         UNWIND type.role_grants AS role
         RETURN type.code + ':' + role AS granted
       } AS viewer_grants
