// Names of a consumer beside the current one.
//
// party  whose they are
// kind   former, nickname, ...
// text   the name
// place  where it stands in the list

UNWIND range(0, size(coalesce(party.other_names_texts, [])) - 1) AS place
RETURN party.other_names_kinds[place] AS kind, party.other_names_texts[place] AS text, place
ORDER BY place
