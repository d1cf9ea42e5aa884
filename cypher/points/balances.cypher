// What a customer has of each points type that was ever adjusted, by the type's code.
//
// party        whose they are
// points_type  the type
// balance      how many points

UNWIND range(0, coalesce(size(party.points_types), 0) - 1) AS place
MATCH (points_type:PointsType {code: party.points_types[place]})
RETURN points_type, party.points_balances[place] AS balance
ORDER BY points_type.code
