"""What every test can ask for: a Neo4j of its own for each worker, started while the tests that need none run."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import pytest
import pytest_asyncio
from argon2 import PasswordHasher
from pydantic import SecretStr

from domain.integrity import Report
from graphdb import definitions
from graphdb.graph import Graph
from graphdb.local import TESTS, Server, fetch
from graphdb.migrations import applied, migrate
from kith.api_keys import ApiKeys
from kith.app import app
from kith.context import Contexts
from kith.doors import Doors
from kith.http import Endpoint
from kith.settings import Settings
from kith.signin import SignIn
from kith.tokens import Tokens, secret_of
from resolvers.context import Context
from resolvers.integrity import examined
from resolvers.passwords import Hasher
from resolvers.reading.seam import Schema
from resolvers.viewers import ADMINISTRATOR
from schema.served import served
from tests.client import Client
from tests.cypher.model import make_tokens
from tests.unchanged import Unchanged

WIPE = """CYPHER 25
MATCH (n)
WHERE NOT n:Lock AND NOT n:Migration AND NOT coalesce(n.built_in, false)
DETACH DELETE n"""

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Hashes passwords in no time."""
SECONDS = 60.0
"""In a new server a document of many kinds of records, seen by somebody bounded, has been planned for ten."""
_LAUNCHED = pytest.StashKey[Server]()


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of tests after which the integrity report has errors; no test is about its time."""
    hypothesis.settings.register_profile("kith", deadline=None)
    hypothesis.settings.load_profile("kith")
    config.addinivalue_line("markers", "damages: leaves the graph as no operation does, on purpose")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests that need Neo4j last, in the order they have."""
    items.sort(key=_needs_neo4j)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start Neo4j if a test will need it: java takes some seconds, which the tests that need none fill."""
    if not session.config.option.collectonly and any(map(_needs_neo4j, session.items)):
        home = Path(tempfile.mkdtemp(prefix="kith-neo4j-"))
        session.config.stash[_LAUNCHED] = Server.launch(home, fetch(_cache(), lambda here, total: None), TESTS)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End it, and its data."""
    if server := session.config.stash.get(_LAUNCHED, None):
        server.stop()
        shutil.rmtree(server.folder)


def _needs_neo4j(item: pytest.Item) -> bool:
    return "server" in getattr(item, "fixturenames", ())


def _cache() -> Path:
    return Path(os.environ.get("KITH_CACHE", Path.home() / ".cache" / "kith"))


@pytest.fixture(scope="session")
def jars() -> Path:
    """The folder of Neo4j's jars, fetched if they are not in the cache."""
    return fetch(_cache(), lambda here, total: None)


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Server:
    """A running Neo4j, this worker's own, with whatever the tests before left in it."""
    launched = request.config.stash[_LAUNCHED]
    launched.wait_ready()
    return launched


class Patient(Graph):
    """A graph whose documents may take long: each is planned by the server first, and no test is about its time."""

    async def planned_row(self, text: str, parameters: Mapping[str, Any]) -> list[Any]:
        rows = await self.run(text, parameters, "planned", SECONDS)
        return list(rows[0]["row"]) if rows else []


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def store(server: Server) -> AsyncIterator[Graph]:
    """The worker's store; its server's warnings are errors."""
    at = server.endpoint
    graph = Patient.at(at.uri, at.user, at.password, strict=True)
    await make_tokens(graph)
    yield graph
    await graph.close()


@pytest_asyncio.fixture(loop_scope="session")
async def graph(store: Graph, request: pytest.FixtureRequest) -> AsyncIterator[Graph]:
    """The store with what migrations make, and nothing else; after the test its integrity report has no errors."""
    await store.apply(WIPE)
    if not await applied(store):
        await migrate(store, "tests")
    yield store
    if request.node.get_closest_marker("damages") is None:
        assert (await integrity(store)).errors == []


@pytest_asyncio.fixture(loop_scope="session")
async def loop() -> asyncio.AbstractEventLoop:
    """The loop of tests and fixtures, for tests that are told by hypothesis, which waits for nothing by itself."""
    return asyncio.get_running_loop()


async def integrity(graph: Graph) -> Report:
    """The errors in all of a graph."""
    return await examined(graph, await graph.read(definitions.settled, "tests"))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a service for tests; nothing of the environment's."""
    return Settings(_env_file=None, data=tmp_path, secret=SecretStr("s" * 32), time_zone="UTC", country="US")


@pytest.fixture
def contexts(graph: Graph, settings: Settings) -> Contexts:
    """What makes contexts over the graph."""
    return Contexts(graph, settings, Hasher(CHEAP))


@pytest.fixture
def context(contexts: Contexts) -> Context:
    """The context of an administrator."""
    return contexts.of(ADMINISTRATOR)


@pytest.fixture(scope="session")
def schema() -> Schema:
    """The schema that is served."""
    return served()


@pytest_asyncio.fixture(loop_scope="session")
async def client(schema: Schema, contexts: Contexts, settings: Settings) -> AsyncIterator[Client]:
    """An administrator's client of a service over the graph."""
    async with serving(schema, contexts, settings) as client:
        yield client


@asynccontextmanager
async def serving(schema: Schema, contexts: Contexts, settings: Settings) -> AsyncIterator[Client]:
    """An administrator's client of a service over the graph of some contexts, as long as this is open."""
    tokens = Tokens(secret_of(settings))
    sign_in = SignIn(tokens, ApiKeys(contexts.graph))
    web = app(Endpoint(schema, contexts), sign_in, [], Doors(sign_in, contexts).routes())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://kith.test") as http:
        yield Client(http, tokens.new(ADMINISTRATOR.id, datetime.now(UTC)))


@pytest.fixture
def as_party(client: Client, settings: Settings) -> Callable[[str], Client]:
    """Signs parties in: their clients, by their ids."""
    tokens = Tokens(secret_of(settings))
    return lambda id: client.signed_in(tokens.new(id, datetime.now(UTC)))


@pytest_asyncio.fixture(loop_scope="session")
async def unchanged(graph: Graph) -> AsyncIterator[Unchanged]:
    """Tells whether anything was written to the graph, by what is in it."""
    yield Unchanged(graph)
