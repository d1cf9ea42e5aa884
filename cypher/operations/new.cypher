// What a record was after a change, as JSON. In it stands "hidden" for the id of any party that the viewer does not see: who a
// case was given to, who wrote something down.
//
// change  the change
// value   the JSON, as text

RETURN CASE WHEN limited() THEN reduce(text = change.new, id IN COLLECT {
    UNWIND split(change.new, '"') AS part
    MATCH (named:Party {id: part})
    WHERE NOT seen(named)
    RETURN DISTINCT part
  } | replace(text, '"' + id + '"', '"hidden"'))
  ELSE change.new
END AS value
