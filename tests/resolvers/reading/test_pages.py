"""Connections: pages that follow one another, and how they are read."""

import random
from itertools import chain
from typing import Any

import neo4j
import pytest

from resolvers.reading.cursors import encode, tag
from tests.resolvers.reading.conftest import Served

BUSY = """query($first: Int, $after: String) { party(id: "BUSY") { relationships(first: $first, after: $after) {
  edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }"""
FOUND = """query($first: Int, $after: String) { parties(search: "a", first: $first, after: $after) {
  edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
ALL = FOUND.replace('search: "a", ', "")


async def pages(served: Served, text: str, size: int, viewer: str = "all") -> list[list[str]]:
    found: list[list[str]] = []
    variables: dict[str, Any] = {"first": size}
    while True:
        data, errors = await served.ask(text, variables, viewer)
        page = data["parties"] if "parties" in data else data["party"]["relationships"]
        info, cursors = page["pageInfo"], [edge["cursor"] for edge in page["edges"]]
        assert (errors, info["startCursor"], info["endCursor"]) == ([], cursors[0], cursors[-1])
        assert info["hasPreviousPage"] is bool(found)
        found.append([edge["node"]["id"] for edge in page["edges"]])
        if not info["hasNextPage"]:
            return found
        variables["after"] = info["endCursor"]


@pytest.mark.parametrize("viewer", ["all", "reach"])
async def test_pages_follow_one_another(served: Served, viewer: str) -> None:
    oracle = served.oracle(viewer)
    busy = max((id for id in oracle.parties if oracle.sees(id)), key=lambda id: len(oracle.party(id).edges(None)))
    for text in (BUSY.replace("BUSY", busy), FOUND, ALL):
        by_three = await pages(served, text, 3, viewer)
        assert [list(chain(*by_three))] == await pages(served, text, 100, viewer)
        assert [len(page) for page in by_three[:-1]] == [3] * (len(by_three) - 1)
        assert len(by_three) > 2


WINDOW = """query($first: Int, $after: String, $last: Int, $before: String) { WHERE {
  totalCount { value } edges { cursor node { id } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
WHERES = {
    'parties(search: "a", ARGUMENTS)': "parties",
    "parties(ARGUMENTS)": "parties",
    'party(id: "BUSY") { relationships(ARGUMENTS)': "party",
}


@pytest.mark.parametrize("where", WHERES)
async def test_a_page_lies_anywhere_between_two_cursors_counted_from_either_end(served: Served, where: str) -> None:
    oracle, drawn = served.oracle("all"), random.Random(7)
    busy = max(oracle.parties, key=lambda id: len(oracle.party(id).edges(None)))
    arguments = "first: $first, after: $after, last: $last, before: $before"
    text = WINDOW.replace("WHERE", where.replace("ARGUMENTS", arguments).replace("BUSY", busy))
    text += " }" if WHERES[where] == "party" else ""
    whole, _ = served.expected(text, {"first": 100}, "all")
    page = whole["parties"] if "parties" in whole else whole["party"]["relationships"]
    cursors = [edge["cursor"] for edge in page["edges"]]
    assert len(cursors) > 5
    shapes = set()
    for _ in range(120):
        start, end = sorted(drawn.sample(range(len(cursors)), 2))
        size = drawn.choice([None, 1, 2, 5, 100])
        given = {"after": drawn.choice([None, cursors[start]]), "before": drawn.choice([None, cursors[end]])}
        given |= {drawn.choice(["first", "last"]): size}
        assert await served.ask(text, given) == served.expected(text, given, "all")
        shapes.add(tuple(sorted(name for name, value in given.items() if value is not None)))
    assert len(shapes) == 3 * 4


async def test_a_page_has_one_size(served: Served) -> None:
    error = (["parties"], "Either `first` or `last`.", "BAD_USER_INPUT")
    assert await served.ask("{ parties(first: 1, last: 1) { totalCount { value } } }") == (None, [error])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ('after: "nonsense"', "`after` is not a cursor of this list."),
        (f'after: "{encode(tag("parties/found"), ["ada", "p1"])}"', "`after` is not a cursor of this list."),
        (f'search: "a", after: "{encode(tag("parties/all"), ["ada", "p1"])}"', "`after` is not a cursor of this list."),
        (f'before: "{encode(tag("parties/found"), ["ada", "p1"])}"', "`before` is not a cursor of this list."),
        ("first: 0", "`first` is from 1 to 100."),
        ("last: -1", "`last` is from 1 to 100."),
    ],
)
async def test_a_page_that_cannot_be_is_refused_at_its_field(served: Served, arguments: str, message: str) -> None:
    text = f"{{ all: parties({arguments}) {{ totalCount {{ value }} }} }}"
    assert await served.ask(text) == (None, [(["all"], message, "BAD_USER_INPUT")])


async def test_a_page_that_is_too_large_has_a_code_of_its_own(served: Served) -> None:
    error = (["parties"], "`first` is at most 100.", "PAGE_TOO_LARGE")
    assert await served.ask("{ parties(first: 101) { totalCount { value } } }") == (None, [error])


async def test_below_other_fields_too(served: Served) -> None:
    below = "... on PartyRecord { relationships(first: 0) { edges { label } } }"
    text = f'{{ party(id: "p3") {{ relationships {{ edges {{ party {{ {below} }} }} }} }} }}'
    path = ["party", "relationships", "edges", "party", "relationships"]
    assert await served.ask(text) == (None, [(path, "`first` is from 1 to 100.", "BAD_USER_INPUT")])


async def test_below_what_a_resolver_hands_over_it_fails_there(served: Served) -> None:
    bad = "... on PartyRecord { relationships(first: 0) { edges { label } } }"
    text = f'{{ kinship(between: ["p1"]) {{ label closest {{ {bad} }} }} party(id: "p1") {{ name }} }}'
    data, errors = await served.ask(text)
    assert data["kinship"] == {"label": "cousin", "closest": None}
    assert errors == [(["kinship", "closest", "relationships"], "`first` is from 1 to 100.", "BAD_USER_INPUT")]


async def test_the_list_of_all_is_read_along_its_index(served: Served, driver: neo4j.AsyncDriver) -> None:
    rows = [{"id": f"big{i}", "sort_name": f"n{i % 1000}"} for i in range(4000)]
    await driver.execute_query("UNWIND $rows AS row CREATE (p:Party) SET p = row, p.kind = 'Consumer'", rows=rows)
    await driver.execute_query("CALL db.prepareForReplanning()")  # as the server does by itself, after a while
    text = "query($after: String) { parties(after: $after) { edges { node { id } } pageInfo { endCursor } } }"
    hits = []
    for after in (None, encode(tag("parties/all"), ["n500", "big500"])):
        await served.ask(text, {"after": after})
        ((statement, parameters),) = served.statements
        async with driver.session() as session:
            profiled = statement.replace("CYPHER 25", "CYPHER 25 PROFILE", 1)
            summary = await (await session.run(profiled, dict(parameters))).consume()
        operators = list(walk(summary.profile))
        assert not [o for o in operators if "Sort" in o["operatorType"] or "Top" in o["operatorType"]]
        hits.append(sum(o["args"].get("DbHits", 0) for o in operators))
    await driver.execute_query("MATCH (p:Party) WHERE p.id STARTS WITH 'big' DETACH DELETE p")
    assert max(hits) < 100


def walk(plan: Any) -> Any:
    yield plan
    for child in plan.get("children", []):
        yield from walk(child)


async def test_beyond_ten_thousand_nobody_counts(served: Served, driver: neo4j.AsyncDriver) -> None:
    text = "{ parties(kinds: [HOUSEHOLD]) { totalCount { value isExact } } }"
    create = "UNWIND range(1, $n) AS i CREATE (:Party {id: 'c' + i, sort_name: 'c', kind: 'Household'})"
    await driver.execute_query(create, n=9995)
    exact = await served.ask(text)
    await driver.execute_query(create.replace("'c' +", "'d' +"), n=1)
    more = await served.ask(text)
    await driver.execute_query("MATCH (p:Party {sort_name: 'c'}) DELETE p")
    assert exact == ({"parties": {"totalCount": {"value": 10_000, "isExact": True}}}, [])
    assert more == ({"parties": {"totalCount": {"value": 10_000, "isExact": False}}}, [])
