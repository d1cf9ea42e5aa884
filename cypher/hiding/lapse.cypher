// Announcements of which nothing came, since whoever made them was killed, are over after their time.
//
// scans what hides: there are a few.

MATCH (hiding:Hiding)
WHERE hiding.until < datetime()
DELETE hiding
