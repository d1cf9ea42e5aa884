"""What Kith is measured against answers the same questions."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import httpx

from bench.data import records
from bench.loading import load
from bench.peers import neo4j_graphql
from bench.processes import Listening
from bench.questions import Question
from bench.shapes import difference
from graphdb.graph import Graph, Row
from graphdb.local import Server
from tests.client import Client

CUSTOMERS, SEED = 1_000, 1
SUBJECTS = """CYPHER 25
CALL () {
  MATCH (party:Consumer)
  WITH party, party.email IS NULL AS without ORDER BY party.name, party.id
  WITH without, collect(party.id)[..2] AS ids
  UNWIND ids AS id
  RETURN 'tiny' AS document, {id: id} AS variables
UNION ALL
  MATCH (party:Account)
  WHERE COUNT { (party)<-[:LINKED_TO]-() } >= 100
  WITH collect(party.id) AS ids
  UNWIND [['hop1', {id: ids[0]}], ['n1000', {ids: ids}], ['n1000', {ids: reverse(ids)}]] AS row
  RETURN row[0] AS document, row[1] AS variables
UNION ALL
  MATCH (party:Consumer)
  WITH party, COUNT { (party)-[:PARENT_OF]->{3}() } AS size ORDER BY size DESC LIMIT 3
  RETURN 'hop3' AS document, {id: party.id} AS variables
}
RETURN document, variables"""


async def test_neo4j_graphql_answers_what_kith_answers(graph: Graph, server: Server, client: Client) -> None:
    """For people with and without an email, for one hub and for several, and for the largest families."""
    await load(graph, records(CUSTOMERS, SEED), datetime.now(UTC), lambda done, in_all: None)
    asked = await graph.run(SUBJECTS, {}, "tests")
    assert {row["document"] for row in asked} == set(neo4j_graphql.DOCUMENTS)
    with neo4j_graphql.serving(server.endpoint) as peer:
        assert peer.host == "127.0.0.1"
        await compare(peer, client, asked)


async def compare(peer: Listening, client: Client, asked: Sequence[Row]) -> None:
    """Asks both the same; neither answer is empty."""
    for row in asked:
        document, given = row["document"], row["variables"]
        kith = await client.answer(Question(document, [given]).text, **given)
        theirs = await answered(peer, document, given)
        assert difference(neo4j_graphql.of_kith(document)(kith), neo4j_graphql.own(document)(theirs)) is None, document
        assert size(kith) >= {"tiny": 3, "hop1": 800, "hop3": 50, "n1000": 800 * len(given.get("ids", []))}[document]


async def answered(peer: Listening, document: str, given: dict[str, Any]) -> Any:
    """The answer of @neo4j/graphql."""
    body = {"query": neo4j_graphql.text(document), "variables": neo4j_graphql.variables(document, given)}
    async with httpx.AsyncClient(base_url=f"http://{peer.host}:{peer.port}") as http:
        return (await http.post("/graphql", json=body)).json()


def size(answer: Any) -> int:
    """How many values an answer has."""
    if isinstance(answer, dict):
        return sum(map(size, answer.values()))
    return sum(map(size, answer)) if isinstance(answer, list) else 1
