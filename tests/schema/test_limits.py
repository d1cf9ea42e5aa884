"""What a document may ask for (SPEC 11.4): each limit has its code, and is found by work linear in the document."""

from typing import Any

import pytest
from graphql import get_introspection_query, parse

from kith import tabs
from resolvers.reading.seam import Schema
from schema.costs import LISTED, PRICES
from schema.errors import presented
from schema.limits import (
    MOST_ALIASES,
    MOST_CHARACTERS,
    MOST_COST,
    MOST_DIRECTIVES,
    MOST_ITEMS,
    MOST_LEVELS,
    MOST_REPEATS,
    MOST_ROOTS,
    MOST_TOKENS,
    Measure,
    Measuring,
)


async def refused(schema: Schema, document: str) -> list[dict[str, Any]]:
    """The errors of a document that must not be run: it is given no graph to run on."""
    result = await schema.execute(document)
    assert result.data is None
    return [presented(error) for error in result.errors or ()]


async def codes(schema: Schema, document: str) -> list[str]:
    return [error["extensions"]["code"] for error in await refused(schema, document)]


def measured(schema: Schema, document: str) -> Measure:
    """The measure of a document's only operation."""
    found = Measuring(schema._schema, parse(document))
    (operation,) = (d for d in found.document.definitions if d.kind == "operation_definition")
    return found.operation(operation)  # type: ignore[arg-type]  # the kind says so


def visited(schema: Schema, document: str) -> int:
    found = Measuring(schema._schema, parse(document))
    found.check()
    return found.visited


def nested(levels: int) -> str:
    """Fields in one another, so many; the last is a leaf."""
    return "{ a" * levels + " }" * levels


def chain(length: int, spread: str, last: str = "__typename") -> str:
    """Fragments of which each spreads the next, as often as `spread` names it."""
    links = (f"fragment f{i} on Query {{ {spread.replace('$', f'f{i + 1}')} }}" for i in range(length))
    return "\n".join(["{ ...f0 }", *links, f"fragment f{length} on Query {{ {last} }}"])


HOSTILE = {
    "10,000 aliases": ("{" + "".join(f" a{i}: __typename" for i in range(10_000)) + "}", "TOO_LONG"),
    "10,000 short aliases": ("{" + "a:a " * 10_000 + "}", "TOO_MANY_TOKENS"),
    "aliases within the tokens": (
        "{ node(id: 1) {" + "".join(f" a{i}: id" for i in range(MOST_ALIASES + 1)) + "} }",
        "TOO_MANY_ALIASES",
    ),
    "aliases by fragments": (chain(8, "...$ ...$", "a: __typename"), "TOO_MANY_ROOTS"),
    "5,000 levels": (nested(5_000), "TOO_DEEP"),
    "one level too many": (nested(MOST_LEVELS + 1), "TOO_DEEP"),
    "levels by fragments": (chain(MOST_LEVELS, "...$"), "TOO_DEEP"),
    "levels by inline fragments": ("{ ... " * 60 + "{ __typename }" + " }" * 60, "TOO_DEEP"),
    "levels in a fragment that nothing spreads": (
        "{ __typename } fragment f on Query " + nested(MOST_LEVELS + 1),
        "TOO_DEEP",
    ),
    "a ring of fragments": (chain(MOST_LEVELS * 2, "...$", "...f0"), "TOO_DEEP"),
    "5,000 levels of lists": ("{ nodes(ids: " + "[" * 5_000 + "]" * 5_000 + ") { id } }", "TOO_DEEP"),
    "levels of a value": ("{ nodes(ids: " + "[" * 51 + "]" * 51 + ") { id } }", "TOO_DEEP"),
    "levels of an object": ("{ node(id: " + "{a: " * 51 + "1" + "}" * 51 + ") { id } }", "TOO_DEEP"),
    "levels of a default": (f"query($a: [ID] = {'[' * 51}{']' * 51}) {{ __typename }}", "TOO_DEEP"),
    "levels of a type": (f"query($a: {'[' * 51}ID{']' * 51}) {{ __typename }}", "TOO_DEEP"),
    "levels of a directive's value": (f"{{ __typename @a(b: {'[' * 51}{']' * 51}) }}", "TOO_DEEP"),
    "fragments that double, as often as they may": (chain(MOST_LEVELS - 2, "...$ ...$"), "TOO_MANY_ROOTS"),
    "fragments that double below a field": (
        "{ node(id: 1) { ...f0 } }" + chain(45, "...$ ...$", "id").removeprefix("{ ...f0 }"),
        "TOO_COMPLEX",
    ),
    "20,000 directives": ("{ __typename" + " @a" * 20_000 + " }", "TOO_MANY_TOKENS"),
    "directives within the tokens": ("{ __typename" + " @a" * (MOST_DIRECTIVES + 1) + " }", "TOO_MANY_DIRECTIVES"),
    "directives of the operation and its variables": (
        "query($a: ID" + " @a" * 51 + ")" + " @b" * 51 + " { __typename }",
        "TOO_MANY_DIRECTIVES",
    ),
    "directives of spreads": (
        "{ node(id: 1) {" + " ...f @skip(if: true)" * 51 + "} } fragment f on Node { ... @skip(if: true) { id } }",
        "TOO_MANY_DIRECTIVES",
    ),
    "roots": ("{" + " __typename" * (MOST_ROOTS + 1) + " }", "TOO_MANY_ROOTS"),
    "roots of a mutation": (
        "mutation {" + " relate(input: {relationships: []}) { __typename }" * (MOST_ROOTS + 1) + " }",
        "TOO_MANY_ROOTS",
    ),
    "roots of one operation of several": (
        "query A { __typename } query B {" + " __typename" * (MOST_ROOTS + 1) + " }",
        "TOO_MANY_ROOTS",
    ),
    "ids": ("{ nodes(ids: [" + "1 " * (MOST_ITEMS + 1) + "]) { id } }", "TOO_MANY_ITEMS"),
    "20,000 ids": ("{ nodes(ids: [" + "1 " * 20_000 + "]) { id } }", "TOO_MANY_TOKENS"),
    "pages of pages of pages": (
        "{ parties(first: 100) { edges { node {"
        + " ... on PartyRecord { relationships(first: 100) { edges { node { source {" * 2
        + " id "
        + "} } } } }" * 2
        + "} } } }",
        "TOO_COMPLEX",
    ),
    "introspection": ("{ __schema { types" + " { fields { type" * 5 + " { name }" + " } }" * 5 + " } }", "TOO_COMPLEX"),
    "the same again": ("{ parties {" + " edges { node { id } }" * (MOST_REPEATS + 1) + " } }", "TOO_MANY_REPEATS"),
    "comments": ("#\n" * MOST_CHARACTERS + "{ __typename }", "TOO_LONG"),
    "a long text": ("{ __typename }" + " " * MOST_CHARACTERS, "TOO_LONG"),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_document_is_refused_with_the_code_of_its_limit(schema: Schema, name: str) -> None:
    document, code = HOSTILE[name]
    assert await codes(schema, document) == [code]
    assert schema.documents.found((document, None)) is None


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("10,000 short aliases", "There may be at most 2,000 tokens in a document."),
        ("5,000 levels", "There may be at most 50 levels in a document."),
        ("roots", "There may be at most 20 fields at the root in a document."),
        ("ids", "There may be at most 1,000 items in a list in a document."),
        ("the same again", "Of one field may be selected at most 100 times in a document."),
        ("a long text", "There may be at most 100,000 characters in a document."),
    ],
)
async def test_what_is_refused_names_its_limit(schema: Schema, name: str, message: str) -> None:
    (error,) = await refused(schema, HOSTILE[name][0])
    assert error["message"] == message


async def test_a_document_at_its_limits_is_within_them(schema: Schema) -> None:
    """They are refused for what they are, not for how much: validation comes next."""
    for document in (
        nested(MOST_LEVELS),
        chain(MOST_LEVELS - 2, "...$", "nope"),
        "{ node(id: 1) {" + "".join(f" a{i}: nope" for i in range(MOST_ALIASES)) + "} }",
        "{ __typename" + " @a" * MOST_DIRECTIVES + " }",
        "{" + " nope" * MOST_ROOTS + " }",
        "{ parties {" + " edges { node { nope } }" * MOST_REPEATS + " } }",
        "{ nodes(ids: [" + "1 " * MOST_ITEMS + "]) { nope } }",
    ):
        assert set(await codes(schema, document)) == {"GRAPHQL_VALIDATION_FAILED"}
    assert await codes(schema, "{ a " * MOST_TOKENS) == ["TOO_DEEP"]
    assert await codes(schema, "a " * (MOST_TOKENS - 1)) == ["GRAPHQL_PARSE_FAILED"]


def test_fragments_are_walked_once_however_often_they_are_spread(schema: Schema) -> None:
    """A chain that doubles has 2^n fields; the nodes looked at are those that are written."""
    for length in (1, 2, 3, 4):
        document = chain(length, "...$ ...$")
        assert measured(schema, document).fields == 2**length
        assert visited(schema, document) == 2 * length + 2
    below = "{ node(id: 1) { ...f0 } }" + chain(45, "...$ ...$", "id").removeprefix("{ ...f0 }")
    hostile = Measuring(schema._schema, parse(below))
    with pytest.raises(Exception, match=f"This costs {2**45 + 1:,}; there may be a cost of at most 500,000"):
        hostile.check()
    assert hostile.visited == 2 * 45 + 4


def test_work_grows_as_the_document_does(schema: Schema) -> None:
    """Twice as much that is written is twice as much that is looked at, whatever it is."""
    for part in (" id", " a: id", " ...f", " ... { id }", " parties(kinds: [CONSUMER]) { totalCount { value } }"):
        documents = [f"{{ node(id: 1) {{ {part * n} }} }} fragment f on Node {{ id }}" for n in (0, 20, 40)]
        none, some, twice = (visited(schema, document) for document in documents)
        assert twice - none == 2 * (some - none) > 0


@pytest.mark.parametrize(
    ("selection", "cost"),
    [
        ("__typename", 1),
        ('node(id: "a") { id }', 2),
        ('nodes(ids: ["a", "b"]) { id }', 1 + 2),
        ("nodes(ids: $ids) { id }", 1 + 100),
        ("relationshipTypes { code name }", 1 + 2 * 2),
        ("parties { pageInfo { hasNextPage } edges { cursor node { id } } }", 1 + 2 + 20 * (1 + 1 + 2)),
        ("parties(first: 7) { edges { cursor } }", 1 + 7 * 2),
        ("parties(first: null) { edges { cursor } }", 1 + 20 * 2),
        ("parties(first: $n) { edges { cursor } }", 1 + 100 * 2),
        ("parties(first: 999999999999) { edges { cursor } }", 1 + 100 * 2),
        ("parties(first: -5) { edges { cursor } }", 1 + 5 * 2),
        ("parties { ...f ...f totalCount { value } }", 1 + 2 * 20 * 2 + 101),
        ("integrityReport { errors { code } }", 50_000 + 1 + 2),
        ('familyTree(root: "a") { people { generation } }', 2_000 + 1 + 100),
        ("__schema { types { name } }", 1 + 1 + 10),
        ("nope { nope(first: 9) { edges { nope } } }", 4),
    ],
)
def test_a_field_costs_its_price_and_pages_multiply(schema: Schema, selection: str, cost: int) -> None:
    fragment = "fragment f on PartyConnection { edges { cursor } }"
    assert measured(schema, f"query($ids: [ID!]!, $n: Int) {{ {selection} }} {fragment}").cost == cost


def test_prices_are_of_types_that_there_are(schema: Schema) -> None:
    assert {*PRICES, *LISTED} - set(schema._schema.type_map) == set()
    assert all(price <= MOST_COST for price in PRICES.values())


@pytest.mark.parametrize(
    "document",
    [
        get_introspection_query(),
        get_introspection_query(
            specified_by_url=True,
            directive_is_repeatable=True,
            schema_description=True,
            input_value_deprecation=True,
        ),
        *(tabs.TREE, tabs.SEARCH, tabs.RELATE, tabs.CYCLE, tabs.TYPES),
    ],
)
def test_what_graphiql_asks_is_within_the_limits(schema: Schema, document: str) -> None:
    """Valid they are by tests of their own."""
    Measuring(schema._schema, parse(document)).check()
