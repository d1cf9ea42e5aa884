// Who a viewer is at this moment, which is all that is read of one who sees everybody by role.
//
// $viewer          the party that has signed in
// viewer_standing  its kind, roles, status, and whether it is deceased; each null where there is no such party

OPTIONAL MATCH (viewer:Party {id: $viewer})
RETURN [viewer.kind, viewer.roles, viewer.status, viewer.deceased] AS viewer_standing
