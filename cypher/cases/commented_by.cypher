// The party that commented on a case, where it was one that Kith keeps.
//
// comment  what was said
// party    who

MATCH (party:Party {id: comment.created_by})
RETURN party
