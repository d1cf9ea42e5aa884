// Pairs of customers who may be one, the likeliest first; without those of whom one was merged since.
//
// $least    with a score of at least so much
// $score    the score after which they come; null for the first
// $after    and the pair
// $most     at most so many
// id        the pair
// one       the first of both
// other     the second
// score     how likely it is
// evidence  the codes of what speaks for it and against, with their bits

MATCH (one:Party)-[noted:MAY_BE_SAME_AS]->(other:Party)
WHERE noted.score >= $least AND noted.id IS NOT NULL AND one.status <> 'MERGED' AND other.status <> 'MERGED'
  AND ($score IS NULL OR noted.score < $score OR noted.score = $score AND noted.id > $after)
RETURN noted.id AS id, one.id AS one, other.id AS other, noted.score AS score, noted.evidence AS evidence
ORDER BY score DESC, id
LIMIT $most
