// Of some searches all that is shortest: ways from a party to the target, which go either way along relationships.
//
// It is one quantified step, and of the shortest length alone: with another step before it, or for the k shortest, it
// takes up to a hundred times as long near hubs. No subquery may stand in it, so what is `hidden` is collected before,
// where it is asked warily. The bound on its length is the greatest that may be asked for.
//
// $target      where all lead to
// $searches    rows of {number, start, avoided, besides, longest}: the ways from `start` past none of the parties
//              `avoided`, by none of the relationships `besides`, by at most so many
// $edges       by edges of these types
// $categories  of these categories, null: all; properties are slow to read where thousands of edges are passed
// $types       of these types, null: all
// $as_of       that hold on this day, null: over all time
// $most        so many ways of each search at most
// ways         [number, parties, [relationship, valid_from, valid_to] each] each; of those made within a household the
//              days on which they hold

MATCH (target:Party {id: $target})
UNWIND $searches AS search
MATCH (start:Party {id: search.start})
WITH search, start, target,
     COLLECT { UNWIND search.avoided AS id MATCH (party:Party {id: id}) RETURN party } AS avoided,
     COLLECT {
       UNWIND search.besides AS id
       MATCH ()-[link:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF {id: id}]->()
       RETURN link
     } AS besides,
     [] AS hidden
CALL (search, start, target, avoided, besides, hidden) {
  MATCH path = ALL SHORTEST (start)(
    ()-[link:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|SERVES|REPRESENTS|MEMBER_OF
        WHERE type(link) IN $edges
          AND ($categories IS NULL OR link.category IN $categories)
          AND ($types IS NULL OR link.type IN $types)
          AND ($as_of IS NULL OR coalesce(link.valid_from_day <= $as_of, TRUE)
                             AND coalesce(link.valid_to_day > $as_of, TRUE))
          AND NOT link IN besides]-(party WHERE NOT party IN avoided)
  ){0,12}(target)
  WITH path LIMIT $most
  WHERE length(path) <= search.longest
  RETURN [search.number, [party IN nodes(path) | party.id],
          [link IN relationships(path) | CASE WHEN link.household IS NULL
             THEN [link.id, link.valid_from, link.valid_to]
             ELSE [link.id, toString(link.valid_from_day), toString(link.valid_to_day)] END]] AS way
}
RETURN collect(way) AS ways
