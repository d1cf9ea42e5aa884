// Customers who have most in common with others by words.
//
// $asked      for each customer {id, kind, query}, the full-text query that domain/duplicates.py makes
// $most       at most so many for each
// id          the customer
// candidates  the ids of those who may be the same

UNWIND $asked AS asked
CALL (asked) {
  CALL db.index.fulltext.queryNodes('customer_words', asked.query, {limit: $most}) YIELD `node` AS found
  WHERE found.id <> asked.id AND found.kind = asked.kind AND found.status <> 'MERGED'
  RETURN collect(found.id) AS candidates
}
RETURN asked.id AS id, candidates
