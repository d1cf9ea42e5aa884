"""Health and a graceful stop (SPEC 11.6): one word to anybody who asks, and nothing under way is lost."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from graphdb.graph import Graph, Transaction
from graphdb.local import Server
from graphdb.migrations import migrate
from kith.app import app
from kith.health import KEPT_SECONDS, Health
from kith.settings import Settings
from kith.signin import SignIn
from kith.tokens import Tokens, secret_of
from resolvers.viewers import ADMINISTRATOR
from tests.client import Client
from tests.kith.test_service import Service

BLOCKED = "CYPHER 25 SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN status"
FORGET_ONE = "CYPHER 25 MATCH (n:Migration) WITH n ORDER BY n.name DESC LIMIT 1 DELETE n"
CHANGE_ONE = "CYPHER 25 MATCH (n:Migration {name: '0001_schema'}) SET n.checksum = 'X' + n.checksum"
CHANGE_BACK = "CYPHER 25 MATCH (n:Migration {name: '0001_schema'}) SET n.checksum = substring(n.checksum, 1)"
ADD_ONE = "CYPHER 25 CREATE (n:Migration {name: '9999_later', checksum: 'X'})"
REMOVE_ADDED = "CYPHER 25 MATCH (n:Migration {name: '9999_later'}) DELETE n"


def asking(health: Health) -> httpx.AsyncClient:
    """A client of a service with this health, not signed in; nothing else of the service has a part in it."""
    web = app(None, SignIn(Tokens("s" * 32)), [], health.routes())  # type: ignore[arg-type]
    return httpx.AsyncClient(transport=httpx.ASGITransport(web), base_url="http://kith.test")


async def answer(http: httpx.AsyncClient, path: str) -> tuple[int, str]:
    """Status and text."""
    response = await http.get(path)
    return response.status_code, response.text


@asynccontextmanager
async def silent_database() -> AsyncIterator[tuple[Graph, list[str]]]:
    """The graph at an address where connections are taken and nothing is answered, and who has connected."""
    connected = list[str]()

    async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected.append(str(writer.get_extra_info("peername")))
        await reader.read()  # what was sent, then the end
        writer.close()

    listener = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    graph = Graph.at(f"bolt://127.0.0.1:{listener.sockets[0].getsockname()[1]}", "neo4j", "word")
    async with listener:
        yield graph, connected
        await graph.close()


async def test_anybody_may_ask_and_nobody_may_keep_the_answer(graph: Graph) -> None:
    async with asking(Health(graph)) as http:
        for path, word in (("/livez", "live\n"), ("/readyz", "ready\n")):
            response = await http.get(path)
            assert (response.status_code, response.text, dict(response.headers)) == (
                200,
                word,
                {
                    "cache-control": "no-store",
                    "content-length": str(len(word)),
                    "content-type": "text/plain; charset=utf-8",
                },
            )
            assert [(await http.request(method, path)).status_code for method in ("HEAD", "POST")] == [200, 405]


@pytest.mark.parametrize(
    ("change", "back", "word"),
    [
        (FORGET_ONE, None, "unmigrated"),
        (CHANGE_ONE, CHANGE_BACK, "changed"),
        (ADD_ONE, REMOVE_ADDED, "newer"),
    ],
)
async def test_a_store_of_another_version_is_not_ready_until_it_is_of_this_one(
    graph: Graph, change: str, back: str | None, word: str
) -> None:
    async with asking(Health(graph)) as http:
        await graph.apply(change)
        try:
            assert await answer(http, "/readyz") == (503, f"{word}\n")
            assert await answer(http, "/livez") == (200, "live\n")
        finally:
            await (graph.apply(back) if back else migrate(graph, "tests"))
        assert await answer(http, "/readyz") == (503, f"{word}\n")  # for a second
        await asyncio.sleep(KEPT_SECONDS)
        assert await answer(http, "/readyz") == (200, "ready\n")


async def test_a_database_that_is_away_or_lets_nobody_in_is_unavailable(server: Server) -> None:
    at = server.endpoint
    for graph in (Graph.at("bolt://127.0.0.1:1", at.user, at.password), Graph.at(at.uri, "nobody", at.password)):
        async with asking(Health(graph)) as http:
            assert await answer(http, "/readyz") == (503, "unavailable\n")
            assert await answer(http, "/livez") == (200, "live\n")
        await graph.close()


async def test_a_database_that_does_not_answer_is_slow_and_is_asked_once() -> None:
    """Twenty ask at once: all know after two seconds, by one question."""
    async with silent_database() as (graph, connected), asking(Health(graph)) as http:
        began = time.monotonic()
        answers = await asyncio.gather(*(answer(http, "/readyz") for _ in range(20)))
        assert (set(answers), len(connected)) == ({(503, "slow\n")}, 1)
        assert 2 <= time.monotonic() - began < 3
        assert await answer(http, "/livez") == (200, "live\n")


def environment(server: Server, settings: Settings, folder: Path) -> dict[str, str]:
    """Of a service over the tests' Neo4j, with their secret."""
    assert settings.secret
    others = {name: value for name, value in os.environ.items() if not name.startswith("KITH_")}
    return {
        **others,
        "KITH_NEO4J_URI": server.endpoint.uri,
        "KITH_NEO4J_PASSWORD": server.endpoint.password,
        "KITH_SECRET": settings.secret.get_secret_value(),
        "KITH_DATA": str(folder),
        "KITH_PORT": "0",
        "COLUMNS": "200",
    }


async def until_refused(http: httpx.AsyncClient) -> None:
    """Returns when no new connection is taken, or one that waited to be is dropped."""
    async with asyncio.timeout(60):
        while True:
            try:
                await http.get("/livez", headers={"connection": "close"})
            except (httpx.ConnectError, httpx.ReadError, httpx.RemoteProtocolError):
                return
            await asyncio.sleep(0.05)


async def test_told_to_stop_a_service_still_answers_what_is_under_way(
    graph: Graph, client: Client, server: Server, settings: Settings, tmp_path: Path
) -> None:
    """A write that waits for another's lock when SIGTERM comes is done and told, while nobody new is let in."""
    id = await client.account("Ost")
    held, let_go = asyncio.Event(), asyncio.Event()

    async def hold(tx: Transaction) -> None:
        await tx.rows("relationships/lock", edges=[], ids=[id])
        held.set()
        await let_go.wait()

    service = await asyncio.to_thread(Service, environment(server, settings, tmp_path))
    try:
        base = service.link.partition("/sign-in")[0]
        async with httpx.AsyncClient(base_url=base, timeout=30) as http, asyncio.TaskGroup() as tasks:
            assert await answer(http, "/readyz") == (200, "ready\n")
            tasks.create_task(graph.write(hold, "tests"))
            await held.wait()
            token = Tokens(secret_of(settings)).new(ADMINISTRATOR.id, datetime.now(UTC))
            asked = tasks.create_task(Client(http, token).do("updateAccount", {"id": id, "legalName": "West"}))
            async with asyncio.timeout(10):
                while not await graph.run(BLOCKED, {}, "tests"):  # noqa: ASYNC110  # only the server knows
                    await asyncio.sleep(0.05)
            service.process.send_signal(signal.SIGTERM)
            await until_refused(http)
            assert (service.process.poll(), asked.done()) == (None, False)
            let_go.set()
            assert await asked == {"__typename": "AccountUpdated"}
        assert await asyncio.to_thread(service.process.wait, 20) == 0
    finally:
        service.process.kill()
    assert await client.node(id, "... on Account { legalName }") == {"legalName": "West"}
