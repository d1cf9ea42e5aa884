"""What Kith is measured against here answers the same questions."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import neo4j
import orjson
import pytest_asyncio
from starlette.types import ASGIApp

from bench import endpoint, naive, shapes
from bench.captured import captured
from bench.data import records
from bench.driver import connected
from bench.loading import load
from bench.questions import Question, question
from bench.targets import SHAPES
from graphdb.graph import Graph
from graphdb.local import Server
from tests.client import Client

CUSTOMERS, SEED = 1_000, 1
LARGE_FAMILY = """CYPHER 25
MATCH (party:Consumer)
WITH party, COUNT { (party)-[:PARENT_OF]->{3}() } AS size ORDER BY size DESC LIMIT 1
RETURN party.id AS id"""


@pytest_asyncio.fixture
async def driver(graph: Graph, server: Server) -> AsyncIterator[neo4j.AsyncDriver]:
    """A driver to a store with the data of the benchmark."""
    await load(graph, records(CUSTOMERS, SEED), datetime.now(UTC), lambda done, in_all: None)
    async with connected(server.endpoint) as opened:
        yield opened


async def test_statements_by_hand_and_resolvers_answer_what_kith_answers(
    driver: neo4j.AsyncDriver, graph: Graph, server: Server, client: Client
) -> None:
    """For somebody, for a hub, for several, for a large family and for its tree, which only the statement has."""
    (row,) = await graph.run(LARGE_FAMILY, {}, "tests")
    asked = [question(document, server.endpoint) for document in ("tiny", "hop1", "n1000")]
    asked += [Question("hop3", [row]), Question("tree", [{"root": row["id"]}])]
    for one in asked:
        document, given = one.document, one.variables[0]
        kith = await client.answer(one.text, **given)
        own, of_kith = SHAPES.get(document, (shapes.whole, shapes.whole))
        by_hand = own(await answered(endpoint.app(driver, []), f"/{document}", given))
        assert shapes.difference(of_kith(kith), by_hand) is None, document
        if document != "tree":
            theirs = await answered(naive.app(driver), "/graphql", {"query": one.text, "variables": given})
            assert shapes.difference(kith, theirs) is None, document


async def test_the_statements_that_kith_sent_find_the_same_when_they_are_sent_again(
    driver: neo4j.AsyncDriver, graph: Graph, server: Server, client: Client
) -> None:
    """A search is one statement; a tree is a transaction of several, and one more for the names."""
    (row,) = await graph.run(LARGE_FAMILY, {}, "tests")
    for one, shape, sizes in (
        (Question("search", question("search", server.endpoint).variables[:12]), shapes.page, {1}),
        (Question("tree", [{"root": row["id"]}]), shapes.members, {2}),
    ):
        sent = await captured(server.endpoint, one.text, one.variables)
        assert {len(transactions) for transactions in sent} == sizes
        kith = [await client.answer(one.text, **given) for given in one.variables]
        app, places = endpoint.app(driver, sent), range(len(kith))
        again = [await answered(app, "/captured", {"place": place}) for place in places]
        assert [*map(shape, again)] == [*map(shape, kith)]
        assert any(map(shape, kith))


async def answered(app: ASGIApp, path: str, body: Any) -> Any:
    """What an application answers."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bench") as http:
        response = await http.post(path, content=orjson.dumps(body), headers={"content-type": "application/json"})
    assert response.status_code == 200
    return response.json()
