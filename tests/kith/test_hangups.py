"""Clients that hang up stop costing within a second: the service gives up, and the database ends what it was at."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest_asyncio
import uvicorn

from graphdb.graph import Graph, Transaction
from graphdb.local import Server
from kith.app import app
from kith.context import Contexts
from kith.http import Endpoint
from kith.settings import Settings
from kith.signin import SignIn
from kith.tokens import Tokens, secret_of
from resolvers.reading.seam import Schema
from resolvers.viewers import ADMINISTRATOR
from tests.client import URL, Client
from tests.graphdb.proxy import Fault, Proxy, proxied

BLOCKED = "CYPHER 25 SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN status"
CLIENTS, WRITERS = 100, 30
HEARD_SECONDS = 2.0
"""A hang-up is noticed in less than one; the rest is for a machine that is busy."""
UPDATE = """mutation($id: ID!) { updateAccount(input: {id: $id, legalName: "West"}) { __typename } }"""
READ = "... on Account { legalName }"
NODE = f"query($id: ID!) {{ node(id: $id) {{ {READ} }} }}"


@dataclass(frozen=True)
class Service:
    """The whole service; the way to its database goes by a proxy."""

    server: uvicorn.Server
    port: int
    graph: Graph
    proxy: Proxy
    token: str

    async def ask(self, document: str, **variables: Any) -> asyncio.StreamWriter:
        """Asks over a connection of its own, and waits for no answer: closing it is hanging up."""
        _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = json.dumps({"query": document, "variables": variables}).encode()
        head = f"POST {URL} HTTP/1.1\r\nhost: kith.test\r\nauthorization: Bearer {self.token}\r\n"
        writer.write(f"{head}content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        return writer

    def costs(self) -> tuple[int, int]:
        """How many requests are under way, and how many connections to the database they hold."""
        pool = self.graph._driver._pool
        held = [connection.in_use for connections in pool.connections.values() for connection in connections]
        return len(self.server.server_state.tasks), sum(held)


@pytest_asyncio.fixture(loop_scope="session")
async def service(graph: Graph, server: Server, schema: Schema, settings: Settings) -> AsyncIterator[Service]:
    """The service on a port of 127.0.0.1, stopped after the test."""
    tokens, at = Tokens(secret_of(settings)), server.endpoint
    async with proxied(int(at.uri.rpartition(":")[2])) as proxy:
        far = Graph.at(f"bolt://127.0.0.1:{proxy.port}", at.user, at.password)
        await far.verify()
        listener = socket.create_server(("127.0.0.1", 0), backlog=CLIENTS)
        web = app(Endpoint(schema, Contexts(far, settings)), SignIn(tokens), [])
        running = uvicorn.Server(uvicorn.Config(web, log_level="warning", lifespan="off"))
        serving = asyncio.create_task(running.serve(sockets=[listener]))
        token = tokens.new(ADMINISTRATOR.id, datetime.now(UTC))
        yield Service(running, listener.getsockname()[1], far, proxy, token)
        running.should_exit = True
        await serving
        await far.close()


async def soon(reached: Callable[[], Awaitable[bool]], seconds: float) -> None:
    """Waits until something is so. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not await reached():  # noqa: ASYNC110  # only the database knows
            await asyncio.sleep(0.02)


async def test_who_hangs_up_while_the_database_is_at_work_ends_that_and_nothing_is_done(
    service: Service, graph: Graph, client: Client
) -> None:
    id = await client.account("Ost")
    held, let_go = asyncio.Event(), asyncio.Event()

    async def hold(tx: Transaction) -> None:
        await tx.rows("relationships/lock", edges=[], ids=[id])
        held.set()
        await let_go.wait()

    async def waiting(count: int) -> bool:
        return (len(await graph.run(BLOCKED, {}, "tests")), service.costs()) == (count, (count, count))

    holding = asyncio.create_task(graph.write(hold, "tests"))
    await held.wait()
    asked = [await service.ask(UPDATE, id=id) for _ in range(WRITERS)]
    await soon(lambda: waiting(WRITERS), 8)
    for writer in asked:
        writer.close()
    await soon(lambda: waiting(0), HEARD_SECONDS)
    let_go.set()
    await holding
    assert await client.node(id, READ) == {"legalName": "Ost"}


async def test_a_hundred_who_hang_up_at_once_while_the_database_is_silent_leave_a_healthy_service(
    service: Service, client: Client
) -> None:
    id = await client.account("Ost")

    async def under_way(count: int) -> bool:
        return service.costs()[0] == count

    service.proxy.fault = Fault.SILENCE
    asked = [await service.ask(NODE, id=id) for _ in range(CLIENTS)]
    await soon(lambda: under_way(CLIENTS), 8)
    for writer in asked:
        writer.close()
    await soon(lambda: under_way(0), HEARD_SECONDS)
    service.proxy.fault = Fault.NONE
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{service.port}", timeout=20) as http:
        answers = await asyncio.gather(*(Client(http, service.token).node(id, READ) for _ in range(20)))
    assert answers == [{"legalName": "Ost"}] * 20
    assert service.costs() == (0, 0)
