// Events in a consumer's life.
//
// party   whose they are
// name    the event
// date    when, EDTF
// yearly  whether it comes back every year
// place   where it stands in the list

UNWIND range(0, size(coalesce(party.life_events_names, [])) - 1) AS place
RETURN party.life_events_names[place] AS name, party.life_events_dates[place] AS date,
       party.life_events_yearly[place] AS yearly, place
ORDER BY place
