"""Faults of the connection and of the database: a clear error within the deadline, nothing half done, then on again.

DESIGN 3.6, 3.8. A proxy loses the connection for real; the database is a real one, killed for real.
"""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from domain.idempotency import keyed
from domain.parties import PartyKind, new_party
from graphdb.errors import OutcomeUnknown, TooBig, TooSlow, Unavailable
from graphdb.graph import GRACE_SECONDS, WRITE_SECONDS, Graph, Transaction
from graphdb.local import TESTS, Server, start
from graphdb.migrations import migrate
from graphdb.parties import create
from kith.context import Contexts
from kith.settings import Settings
from resolvers.parties import create_party
from resolvers.viewers import ADMINISTRATOR
from tests.graphdb.proxy import Fault, Proxy, proxied

AT = datetime(2026, 11, 22, tzinfo=UTC)
SECONDS = 2.0
MANY = "UNWIND range(1, 4000) AS a UNWIND range(1, 4000) AS b UNWIND range(1, 99) AS c RETURN count(*) AS n"
COLLECTED = "CYPHER 25 UNWIND range(1, 20000000) AS n WITH collect(toString(n)) AS texts"


@pytest_asyncio.fixture(loop_scope="session")
async def proxy(graph: Graph, server: Server) -> AsyncIterator[Proxy]:
    """A proxy to the worker's Neo4j, whose graph is empty."""
    async with proxied(port(server)) as proxy:
        yield proxy


@pytest_asyncio.fixture(loop_scope="session")
async def far(proxy: Proxy, server: Server) -> AsyncIterator[Graph]:
    """The graph as it is seen through the proxy."""
    at = server.endpoint
    graph = Graph.at(f"bolt://127.0.0.1:{proxy.port}", at.user, at.password)
    yield graph
    await graph.close()


def port(server: Server) -> int:
    """The port that a server answers at."""
    return int(server.endpoint.uri.rpartition(":")[2])


async def make(tx: Transaction) -> None:
    """Makes a party."""
    await create(tx, [new_party(PartyKind.ACCOUNT, {"legal_name": "Ost"}, "US")], AT)


async def parties(graph: Graph) -> int:
    """How many there are."""
    (row,) = await graph.run("CYPHER 25 MATCH (n:Party) RETURN count(n) AS n", {}, "tests")
    return int(row["n"])


@pytest.mark.parametrize(("fault", "made"), [(Fault.BEFORE_COMMIT, 0), (Fault.AFTER_COMMIT, 1)])
async def test_a_connection_lost_at_commit_leaves_all_or_nothing_and_is_said_to_be_unknown(
    far: Graph, graph: Graph, proxy: Proxy, fault: Fault, made: int
) -> None:
    proxy.fault = fault
    with pytest.raises(OutcomeUnknown):
        await far.write(make, "tests")
    proxy.fault = Fault.NONE
    assert await parties(graph) == made
    await far.write(make, "tests")
    assert await parties(far) == made + 1


async def test_a_commit_that_is_never_answered_is_said_to_be_unknown_and_not_slow(
    far: Graph, graph: Graph, proxy: Proxy
) -> None:
    """TOO_SLOW promises that nothing was done."""
    proxy.fault = Fault.SILENT_COMMIT
    with pytest.raises(OutcomeUnknown):
        await far.write(make, "tests", SECONDS)
    proxy.fault = Fault.NONE
    assert await parties(graph) == 1
    await far.write(make, "tests")
    assert await parties(far) == 2


@pytest.mark.parametrize("fault", [Fault.BEFORE_COMMIT, Fault.AFTER_COMMIT])
async def test_the_idempotency_key_settles_an_unknown_outcome(
    far: Graph, graph: Graph, proxy: Proxy, settings: Settings, fault: Fault
) -> None:
    """SPEC 11.2: sent again with its key, a request is done once whether or not it was done."""
    given = {"given_name": "Ann"}
    context = Contexts(far, settings).of(ADMINISTRATOR)
    context = replace(context, key=keyed("ann", "createConsumer", "k", given))
    proxy.fault = fault
    with pytest.raises(OutcomeUnknown):
        await create_party(context, PartyKind.CONSUMER, given)
    proxy.fault = Fault.NONE
    done = await create_party(context, PartyKind.CONSUMER, given)
    again = await create_party(context, PartyKind.CONSUMER, given)
    assert (again.ids, again.operation, again.again) == (done.ids, done.operation, True)
    assert await parties(graph) == 1


async def test_a_socket_that_never_answers_is_given_up_within_the_deadline(
    far: Graph, graph: Graph, proxy: Proxy
) -> None:
    assert await parties(far) == 0
    proxy.fault = Fault.SILENCE
    for work in (far.run("CYPHER 25 RETURN 1 AS one", {}, "tests", SECONDS), far.write(make, "tests", SECONDS)):
        begun = time.monotonic()
        with pytest.raises((TooSlow, Unavailable)):
            await work
        assert time.monotonic() - begun < SECONDS + GRACE_SECONDS + 1
    proxy.fault = Fault.NONE
    assert await parties(far) == 0
    await far.write(make, "tests")


async def test_who_gives_up_stops_costing(far: Graph, graph: Graph) -> None:
    """The server ends a query whose client has gone, within a second."""
    running = """CYPHER 25 SHOW TRANSACTIONS YIELD currentQuery
        WHERE currentQuery CONTAINS 'range(1, 4000)' RETURN 1 AS one"""  # which names the text itself, too
    task = asyncio.create_task(far.run(f"CYPHER 25 {MANY}", {}, "tests"))
    for _ in range(100):
        await asyncio.sleep(0.05)
        if len(await graph.run(running, {}, "tests")) > 1:
            break
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.sleep(1)
    assert len(await graph.run(running, {}, "tests")) == 1
    assert await parties(far) == 0


async def test_more_than_a_transaction_may_hold_is_refused_once_and_the_server_lives(graph: Graph) -> None:
    """DESIGN 3.6: it calls itself transient, and is final."""
    tries = 0

    async def work(tx: Transaction) -> None:
        nonlocal tries
        tries += 1
        for batch in range(200):
            rows = [
                {"id": f"{batch}-{n}", "kind": "Account", "properties": {}, "external_ids": []} for n in range(5000)
            ]
            await tx.rows("parties/create", parties=rows, at=AT)

    with pytest.raises(TooBig):
        await graph.write(work, "tests", 60)
    assert tries == 1
    with pytest.raises(TooBig):
        await graph.run(f"{COLLECTED} RETURN size(texts) AS n", {}, "tests", 60)
    assert await parties(graph) == 0


async def test_a_database_that_is_ended_is_away_and_then_back_with_what_it_acknowledged(
    jars: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped, then killed, in the middle of writes and a read; the service goes on by itself when it is back."""
    monkeypatch.setattr("graphdb.graph.RETRY_SECONDS", SECONDS)
    home = tmp_path / "neo4j"
    server = start(home, jars, TESTS)
    async with proxied(port(server)) as proxy:
        at = server.endpoint
        graph = Graph.at(f"bolt://127.0.0.1:{proxy.port}", at.user, at.password)
        await migrate(graph, "tests")
        for made, how in enumerate([signal.SIGTERM, signal.SIGKILL], 1):
            await graph.write(make, "tests")
            works = [graph.write(work, "tests") for work in (holding, busily)]
            tasks = [asyncio.create_task(work) for work in (*works, graph.run(f"CYPHER 25 {MANY}", {}, "tests"))]
            await asyncio.sleep(0.5)
            assert server.pid is not None
            os.kill(server.pid, how)
            begun = time.monotonic()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            assert {type(error) for error in ended} <= {Unavailable, TooSlow}  # one that stops ends statements, as slow
            with pytest.raises(Unavailable):
                await graph.write(make, "tests")
            assert time.monotonic() - begun < 2 * (WRITE_SECONDS + GRACE_SECONDS)
            server.stop()
            server = start(home, jars, TESTS)
            proxy.target = port(server)
            assert await parties(graph) == made
        await graph.write(make, "tests")
        await graph.close()
        server.stop()


async def holding(tx: Transaction) -> None:
    """Work that asks nothing of the database when that goes."""
    await make(tx)
    await asyncio.sleep(3)
    await make(tx)


async def busily(tx: Transaction) -> None:
    """Work in the middle of a statement when the database goes."""
    while True:
        await make(tx)
