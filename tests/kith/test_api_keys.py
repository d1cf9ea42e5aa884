"""API keys as a way in: what is no key, what is nobody's, and a database that is away (SPEC 11.3, 11.2)."""

import os
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from domain.api_keys import new_secret
from graphdb.graph import Graph
from kith.api_keys import ApiKeys, Uses
from kith.settings import Settings
from kith.tokens import Rejected, Tokens, secret_of
from resolvers.viewers import ADMINISTRATOR
from tests.client import Client
from tests.service import Service

NOW = datetime.now(UTC)


@pytest_asyncio.fixture
async def away() -> AsyncIterator[Graph]:
    """A store that is not there."""
    graph = Graph.at("bolt://127.0.0.1:1", "neo4j", "x")
    yield graph
    await graph.close()


@pytest.mark.parametrize("text", ["", "x", "eyJhbGciOiJIUzI1NiJ9.e30.x", "Kith_" + "x" * 43])
async def test_what_is_no_key_is_another_ways(text: str, away: Graph) -> None:
    """11.3: without asking the database."""
    assert await ApiKeys(away).caller(text) is None


async def test_what_cannot_be_a_key_is_refused_without_asking(away: Graph) -> None:
    """11.3: however long it is."""
    with pytest.raises(Rejected):
        await ApiKeys(away).caller("kith_" + "x" * 100_000)


async def test_a_key_that_is_nobodys_is_refused(graph: Graph) -> None:
    """11.3: with a reason for the log that tells nothing of it."""
    with pytest.raises(Rejected) as raised:
        await ApiKeys(graph).caller(new_secret())
    assert raised.value.reason == "NOT_KNOWN"


async def test_uses_wait_for_a_database_that_is_away(away: Graph, client: Client, graph: Graph) -> None:
    """11.3: they are written once it is back, the latest of them."""
    app = await client.app()
    await client.key(app)
    (key,) = (await client.node(app, "... on PartnerApp { keys { id } }"))["keys"]
    uses = Uses(away)
    uses.note(key["id"], NOW)
    await uses.write()
    uses.note(key["id"], NOW + timedelta(seconds=1))
    uses._graph = graph
    await uses.write()
    (key,) = (await client.node(app, "... on PartnerApp { keys { lastUsedAt } }"))["keys"]
    assert datetime.fromisoformat(key["lastUsedAt"]) == NOW + timedelta(seconds=1)


def test_the_last_use_is_not_lost_when_the_service_is_told_to_stop(tmp_path: Path, settings: Settings) -> None:
    """11.3, 11.6: it is written before the service ends."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KITH_") or name == "KITH_CACHE"}
    own = {"KITH_DATA": str(tmp_path / "data"), "KITH_PORT": "0", "KITH_SECRET": secret_of(settings), "KITH_DEMO": "0"}
    token = Tokens(secret_of(settings)).new(ADMINISTRATOR.id, NOW)
    service = Service({**kept, **own, "COLUMNS": "200"})
    try:
        create = """mutation { createPartnerApp(input: {name: "x", scopes: [FAMILY]}) {
            ... on PartnerAppCreated { app { id } } } }"""
        app = service.ask(create, token)["createPartnerApp"]["app"]["id"]
        issue = (
            """mutation($app: ID!) { issueApiKey(input: {app: $app, name: "x"}) { ... on ApiKeyIssued { secret } } }"""
        )
        secret = service.ask(issue, token, app=app)["issueApiKey"]["secret"]
        assert service.ask("{ parties { totalCount { value } } }", secret) == {"parties": {"totalCount": {"value": 0}}}
        assert service.end(signal.SIGTERM) == 0, service.said
        before, service = service.said, Service({**kept, **own, "COLUMNS": "200"})
        found = service.ask("{ partnerApps { keys { lastUsedAt } } }", token)
        assert found["partnerApps"][0]["keys"][0]["lastUsedAt"], before
    finally:
        if service.process.poll() is None:
            service.end(signal.SIGTERM)
