// One of the shortest ways from a party to another, over anything but who serves whom.
//
// $from  a party
// $to    the other

MATCH (one:Party {id: $from})
MATCH (other:Party {id: $to})
RETURN {paths: {paths: COLLECT {
  MATCH way = SHORTEST 1 (one)-[:PARENT_OF|PARTNER_OF|OVERSEES|LINKED_TO|REPRESENTS|MEMBER_OF]-{1,12}(other)
  RETURN {
    length: length(way),
    parties: [party IN nodes(way) | party {.id, .name}],
    relationships: [link IN relationships(way) | {id: link.id, type: {code: link.type}}]
  }
}}} AS data
