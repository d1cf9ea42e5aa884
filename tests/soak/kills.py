"""Kills: what was acknowledged is there once, nothing is there in part, and a key settles what was unknown.

SPEC 7.3, 7.5, 8.5, 8.6, 11.2, 11.7. The service or its database is killed with signal 9 while eight clients write:
thirty rounds of each, or as many as KITH_KILLS says. That takes half an hour, so only `make soak` runs it: this file is
not named as tests are. When the kills come is drawn by a seed that stands in the names of the tests; KITH_SEED draws
the same again.
"""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random, SystemRandom

import httpx
import pytest
import pytest_asyncio

from domain.integrity import Report
from graphdb.graph import Graph
from graphdb.local import Endpoint
from kith.context import Contexts
from kith.settings import Settings
from kith.tokens import Tokens
from resolvers.integrity import integrity_report
from resolvers.viewers import ADMINISTRATOR
from tests.client import Client
from tests.soak.clients import Settled, Told, Writer
from tests.soak.content import Content, differences, expected, found
from tests.soak.rounds import PATIENCE, Round, played
from tests.soak.victims import SECRET, KilledDatabase, KilledService, Victim

KILLS = int(os.environ.get("KITH_KILLS", "30"))
SEED = os.environ.get("KITH_SEED") or str(SystemRandom().randrange(10**6))
WRITERS = 8
REPEATED = 40
LOG = 100_000
UNDONE = """CYPHER 25 MATCH (j:Job)
WHERE j.id IS NOT NULL AND j.state <> 'DONE' RETURN j.id AS id, j.batches AS batches"""


@pytest.fixture(scope="module", params=[KilledService, KilledDatabase], ids=["service", "database"])
def victim(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, jars: Path) -> Iterator[Victim]:
    """A service and its database, the same for all rounds: what the first acknowledged, the last must still find."""
    made: Victim = request.param(tmp_path_factory.mktemp("kith"), jars)
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def log(victim: Victim) -> Iterator[None]:
    """Of a round that fails, what the service has written last is told."""
    yield
    sys.stdout.write(victim.said[-LOG:])


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def writers(victim: Victim) -> AsyncIterator[list[Writer]]:
    """Clients of the service, who keep all that they were answered."""
    token = Tokens(SECRET).new(ADMINISTRATOR.id, datetime.now(UTC))
    async with httpx.AsyncClient(base_url=victim.url, timeout=90) as http:
        yield [Writer(Client(http, token), str(number)) for number in range(WRITERS)]


@pytest.mark.parametrize("number", range(KILLS), ids=lambda number: f"seed-{SEED}-{number}")
async def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(
    victim: Victim, writers: list[Writer], rounds: list[Round], settings: Settings, number: int
) -> None:
    random = Random(f"{SEED} {victim.name} {number}")
    round = await played(victim, writers, random)
    rounds.append(round)
    assert [settled for settled in round.settled if settled.doing.told is Told.NOTHING] == []
    by_writer = [(writer, settled) for writer in writers for settled in writer.settled]
    content = expected(settled for _, settled in by_writer)
    doubted = [(writer, settled) for writer, settled in by_writer if len(settled.attempts) > 1]
    for writer, settled in [*doubted, *random.sample(by_writer, REPEATED)]:
        answer = await writer.again(settled)
        assert answer == settled.answer or (answer is None and gone(settled, content)), settled
    there, report = await examined(victim.endpoint, settings)
    assert differences(there, content) == []
    assert report.errors == []


async def test_every_job_is_done_in_the_end(victim: Victim, writers: list[Writer]) -> None:
    """SPEC 11.7: whoever was at it was killed, and another goes on, however many wait."""
    at = victim.endpoint
    graph = Graph.at(at.uri, at.user, at.password)
    try:
        left, until = await graph.run(UNDONE, {}, "soak"), time.monotonic() + PATIENCE
        while left:
            assert time.monotonic() < until, left
            await asyncio.sleep(1)
            before, left = left, await graph.run(UNDONE, {}, "soak")
            if left != before:
                until = time.monotonic() + PATIENCE
    finally:
        await graph.close()


def gone(settled: Settled, content: Content) -> bool:
    """Whether something of what a mutation made is not there any more, so that it cannot be read again."""
    return any(content.get(id, ["deleted"])[0] == "deleted" for id in settled.answer.ids)


async def examined(at: Endpoint, settings: Settings) -> tuple[Content, Report]:
    """What the graph holds, and its integrity report."""
    graph = Graph.at(at.uri, at.user, at.password)
    try:
        return await found(graph), await integrity_report(Contexts(graph, settings).of(ADMINISTRATOR))
    finally:
        await graph.close()
