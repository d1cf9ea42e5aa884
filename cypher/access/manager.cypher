// Who a viewer is at this moment, which is all that is read of one who sees everybody by role.
//
// $viewer          the party that has signed in
// $session         the session that it is in; null where there is none that could end
// $claimed         its roles where its issuer tells them; null where the graph does
// $login           the login by which its issuer names it; null where it is not known by that
// viewer_standing  its kind, roles, status, whether it is deceased, and whether the session holds and the login is its
//                  own; each but the last null where there is no such party

OPTIONAL MATCH (viewer:Party {id: $viewer})
RETURN [viewer.kind, coalesce($claimed, viewer.roles), viewer.status, viewer.deceased,
        ($login IS NULL OR viewer.login = $login) AND ($session IS NULL OR EXISTS {
          MATCH (session:Session {id: $session}) WHERE session.party = $viewer AND session.ended_at IS NULL
        })] AS viewer_standing
