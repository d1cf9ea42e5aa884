// Names that are misspelt are found by those, too, who are not shown all else that parties are found by.
//
// kind: schema

CREATE FULLTEXT INDEX party_names IF NOT EXISTS FOR (n:Party) ON EACH [n.sort_name]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}}
