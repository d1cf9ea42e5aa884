# ruff: noqa: E501
"""Documents that between them use the whole language: text, variables."""

from typing import Any

R = "relationships(first: 3)"
NODE = """query($id: ID!) { node(id: $id) { __typename id ... on Party { name kind } ... on Relationship { validFrom
  source { name } target { id } } ... on RelationshipType { code } } }"""
DEEP = f"""{{ party(id: "p3") {{ {R} {{ edges {{ party {{ id ... on PartyRecord {{ {R} {{ edges {{ label party {{ id name
  ... on PartyRecord {{ {R} {{ totalCount {{ value isExact }} edges {{ party {{ id name kind }} }} }} }} }} }} }} }} }}
  }} }} }} }}"""
NAMED = """fragment f on Party { id name ... on Consumer { born birthDay days households { name } }
  ... on Account { email settings } ... on Household { head { id email } } }"""
ONCE = """query($yes: Boolean!) { party(id: "p1") { id name @include(if: $yes) ... @skip(if: $yes) { kind }
  ...f @include(if: $yes) } } fragment f on PartyRecord { externalIds { value system } }"""
CATEGORIES = """query($c: [String!] = ["family"]) { relationshipTypes(categories: $c) { code }
  all: relationshipTypes { code } }"""
BY = "query($by: PartyBy!) { find(by: $by) { id __typename ... on InternalUser { roles } } }"
SEARCH = """query($s: String, $n: Int) { parties(search: $s, first: $n) { edges { cursor node { id name } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor __typename } totalCount { value } n: totalCount { isExact }
  __typename } }"""
AS_OF = """query($d: Date, $dir: Direction) { party(id: "p6") { relationships(asOf: $d, direction: $dir)
  { edges { node { id validFrom } } totalCount { value } } relationshipCounts(asOf: $d)
  { type { code } count { value isExact } } } }"""

MANY: list[tuple[str, dict[str, Any] | None]] = [
    ('{ party(id: "p3") { id name } }', None),
    ('{ party(id: "nobody") { id } }', None),
    ('{ __typename party(id: "p3") { __typename } }', None),
    (NODE, {"id": "r4"}),
    (NODE, {"id": "t2"}),
    (NODE, {"id": "p5"}),
    (NODE, {"id": "zz"}),
    ('{ a: party(id: "p1") { id } b: party(id: "p2") { n: name name } c: party(id: "p30") { kind } }', None),
    ('{ party(id: "p4") { name createdAt externalIds { system } ... on Consumer { born initial } } }', None),
    ('{ party(id: "p21") { name ... on Account { settings legalName email initial } } }', None),
    ('{ relationshipTypes { id code label reverseLabel category } }', None),
    (CATEGORIES, None),
    (CATEGORIES, {"c": None}),
    ("{ parties { totalCount { value isExact } } }", None),
    (SEARCH, {"s": "ada", "n": 2}),
    (SEARCH, {"s": "zzz"}),
    (SEARCH, {"s": None, "n": 3}),
    (SEARCH, {}),
    ("query($k: [PartyKind!]) { parties(kinds: $k, first: 4) { pageInfo { endCursor } } }", {"k": ["ACCOUNT"]}),
    ("{ parties(first: 1) { edges { node { id } } pageInfo { hasNextPage } } }", None),
    ("""{ party(id: "p3") { relationships { edges { cursor label direction node { id validFrom validTo properties
        type { code } } party { id name kind __typename } } totalCount { value } } } }""", None),
    ("""{ party(id: "p3") { out: relationships(direction: OUTGOING) { edges { node { id } } } inc: relationships(
        direction: INCOMING, types: ["serves"]) { totalCount { value } edges { node { source { id } } party { id } } }
        } }""", None),
    (AS_OF, {"d": "2023-05-05", "dir": "INCOMING"}),
    (AS_OF, {}),
    (DEEP, None),
    (f'{{ party(id: "p3") {{ relationships {{ edges {{ party {{ ...f }} node {{ source {{ ...f }} }} }} }} }} }} {NAMED}', None),
    ("""{ party(id: "p3") { relationships { edges { party { name ... on Consumer { name households { id } }
        ... on Customer { households { name externalIds { value } } } } } } } }""", None),
    ("""{ party(id: "p3") { relationships { edges { node { type { code } } } edges { cursor node { id } }
        e: edges { n: label node { id } } } } }""", None),
    (ONCE, {"yes": True}),
    (ONCE, {"yes": False}),
    ("""{ party(id: "p28") { ... on Household { head { __typename ... on Consumer { birthDay } } relationshipCounts
        { type { id label } count { value __typename } __typename } } } }""", None),
    ("""{ parties(first: 40) { edges { node { id ... on InternalUser { roles work: login } ... on Household
        { head { email } } ... on Customer { email address { city street } households { id } } } } } }""", None),
    ('{ party(id: "p2") { ... on Consumer { greeting hi: greeting(polite: false) } } }', None),
    ('{ party(id: "p34") { ... on InternalUser { summary roles } } }', None),
    ("{ parties(first: 5, kinds: [CONSUMER]) { edges { node { id ... on Consumer { greeting email } } } } }", None),
    ('{ kinship(between: ["p1", "p2", "p3"]) { label } }', None),
    ("""{ kinship(between: ["p1", "p2", "p3", "p9"]) { label closest { id name } maybe { id } links { id type { code } }
        path { id name ... on Consumer { relationships(first: 1) { edges { party { name } } } } } } }""", None),
    ('{ kinship(between: ["p1", "p2"]) { path { id } } party(id: "p1") { name } }', None),
    ('{ tree(ids: ["p1", "p30", "p1"]) { root { name } people { generation person { id kind } } } }', None),
    ("query A { party(id: \"p1\") { id } }", None),
    (BY, {"by": {"emailAddress": "8@example.org"}}),
    (BY, {"by": {"id": "p35"}}),
    (BY, {"by": {"externalId": {"system": "x", "value": "4"}}}),
    (BY, {"by": {"externalId": {"system": "z", "value": "4"}}}),
    ('query($e: String!) { a: find(by: {emailAddress: $e}) { id } b: find(by: {id: "p5"}) { name } }', {"e": "?"}),
    ('{ some(ids: ["p5", "zz", "p5", "p30"]) { id name } }', None),
    ('{ nodes(ids: ["r4", "p5", "t1", "p5"]) { id __typename ... on Party { name } ... on RelationshipType { code } } }', None),
    ('{ a: thing(id: "p4") { id ... on Party { name } } b: thing(id: "r4") { id ... on Relationship { validFrom } } c: thing(id: "t1") { __typename } }', None),
    # what goes wrong
    ('{ a: thing(id: "p4") { id } b: thing(id: "zz") { id } }', None),
    ('{ party(id: "p7") { name ... on Customer { createdAt } } }', None),
    ('{ party(id: "p22") { name ... on Account { legalName } } a: party(id: "p3") { id } }', None),
    ("{ parties(first: 40) { edges { node { id createdAt } } } }", None),
    ("""{ parties(kinds: [ACCOUNT], first: 30) { edges { node { id ... on Account { legalName } } } totalCount { value } }
        relationshipTypes { code } }""", None),
    ('{ some(ids: ["p5", "p7", "p22"]) { id createdAt ... on Account { legalName } } }', None),
    ("""{ some(ids: ["p0", "p1", "p2", "p3", "p4", "p5", "p6", "p8", "p9", "p10"]) { id ... on Customer { loud shy } } }""", None),
    ("""{ some(ids: ["p0", "p1", "p2", "p3", "p4", "p5", "p6", "p8", "p9", "p10"]) { id ... on Customer { shy fussy } } }""", None),
    ('{ a: known(id: "p3") { name } b: known(id: "zz") { name } c: known(id: "p28") { id } }', None),
    ('{ nodes(ids: ["zz", "p5", "p29", "zz"]) { id } some(ids: ["zz"]) { id } }', None),
    ('{ kinship(between: ["p7", "p2"]) { label closest { id ... on Customer { createdAt } } maybe { ... on PartyRecord { createdAt } } } }', None),
    ('{ kinship(between: ["p2", "gone"]) { label maybe { id } } }', None),
    ('{ kinship(between: ["p2", "gone"]) { label path { id } } }', None),
    ("""{ some(ids: ["p1", "p2", "p3"]) { id ... on Customer { double { party { id name } again { id shy } } } } }""", None),
    ('{ tree(ids: ["p1", "p7"]) { root { name } people { person { id ... on PartyRecord { createdAt } } } } }', None),
]  # fmt: skip
