// Writes the days on which relationships made within a household hold. No version counts it: no field of theirs changed.
//
// $relationships  rows of {id, properties}

UNWIND $relationships AS row
MATCH ()-[within:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|REPRESENTS {id: row.id}]->()
SET within += row.properties
FINISH
