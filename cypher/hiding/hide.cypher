// Hides relationships, in the transaction that takes out of sight what they belong to.
//
// $operation       which has announced it
// $type            of this type, null: none by their type
// $responsibility  with this responsibility, null: none by it
// $household       made within this household, null: none by it
// id               the operation, if its announcement still stands

MATCH (hiding:Hiding {id: $operation})
SET hiding.until = NULL, hiding.type = $type, hiding.responsibility = $responsibility, hiding.household = $household
RETURN hiding.id AS id
