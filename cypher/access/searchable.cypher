// What a party may be found by, for viewers who see contact data of those alone whom relationships reach: without the lines
// of its email, of what is written in digits there, and of its phone.
//
// party    the party
// $viewer  the viewer
// value    its text

RETURN CASE
  WHEN party.id = $viewer OR reached(party, 'VIEW_PROFILE') THEN party.search
  ELSE '\n' + reduce(text = '', line IN split(party.search, '\n') |
    text + CASE WHEN line = '' OR trim(line) = substring(party.phone, 1) THEN ''
                WHEN party.email IS NOT NULL AND line CONTAINS '@' THEN ''
                WHEN trim(line) <> coalesce(party.number, '') AND trim(line) =~ '[0-9]+'
                     AND replace(replace(replace(replace(party.email, '.', ''), '-', ''), '+', ''), '/', '')
                         CONTAINS trim(line) THEN ''
                ELSE line + '\n' END)
END AS value
