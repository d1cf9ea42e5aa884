// Puts entries into places of a ledger that are free.
//
// $customer  whose ledger it is
// $lines     rows of {id, place, balance}

UNWIND $lines AS line
MATCH (entry:PointsEntry {id: line.id})
SET entry.party = $customer, entry.place = line.place, entry.balance = line.balance
FINISH
