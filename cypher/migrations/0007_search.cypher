// Names are found where they are misspelt: the words of search texts, folded already, as they stand.
//
// kind: schema

CREATE FULLTEXT INDEX party_words IF NOT EXISTS FOR (n:Party) ON EACH [n.search]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}}
