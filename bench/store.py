"""The store that benchmarks run on: loaded once, kept, and copied for each run, which may then change what it likes."""

import asyncio
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench import offline
from bench.data import records
from bench.loading import load, party
from bench.records import Records
from domain.search import sealed
from graphdb import relationships
from graphdb.graph import Graph
from graphdb.local import BENCHMARKS, AlreadyRunning, Endpoint, Server, fetch, flock
from graphdb.migrations import known, migrate
from graphdb.statements import statement
from kith.progress import Bars

FOLDER = Path(__file__).parents[1] / ".kith" / "bench"
LARGE = 500_000
"""From so many customers on Neo4j's own import loads them."""
SAMPLE = 50
"""So many customers show whether records would be written as they were."""


@contextmanager
def opened(customers: int, seed: int, cache: Path, bars: Bars) -> Iterator[Server]:
    """A running server with the data in it, loaded now unless it was before; gone afterwards with all that was done.

    Is called `alone`. Raises AlreadyRunning, FetchFailed and StartFailed, and of a large store ImportFailed.
    """
    jars = fetch(cache, bars.bar("Fetching Neo4j"))
    kept, copied = FOLDER / f"{customers}-{fingerprint(seed)}", FOLDER / f"run-{customers}"
    if not kept.exists():
        for old in FOLDER.glob(f"{customers}-*"):
            shutil.rmtree(old)
        (offline.fill if customers >= LARGE else fill)(kept, customers, seed, jars, bars)
    shutil.rmtree(copied, ignore_errors=True)
    shutil.copytree(kept, copied)
    try:
        with Server.launch(copied, jars, BENCHMARKS) as server:
            server.wait_ready()
            yield server
    finally:
        shutil.rmtree(copied)


@contextmanager
def alone() -> Iterator[None]:
    """Keeps other benchmarks away: two at once would measure each other. Raises AlreadyRunning."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lock = flock.take(FOLDER / "lock")
    if lock is None:
        raise AlreadyRunning("Another benchmark is running on this data.")
    try:
        yield
    finally:
        os.close(lock)


def fill(kept: Path, customers: int, seed: int, jars: Path, bars: Bars) -> None:
    """Loads the data into a new store, which gets its name once it is whole."""
    whole = FOLDER / "new"
    shutil.rmtree(whole, ignore_errors=True)
    with Server.launch(whole, jars, BENCHMARKS) as server:
        made = records(customers, seed)
        asyncio.run(loaded(server.wait_ready(), made, bars))
    shutil.rmtree(whole / "tmp", ignore_errors=True)
    whole.rename(kept)


async def loaded(at: Endpoint, made: Records, bars: Bars) -> None:
    """Brings a new store to this version and loads the data."""
    graph = Graph.at(at.uri, at.user, at.password)
    try:
        await migrate(graph, "bench")
        await load(graph, made, datetime.now(UTC), bars.bar("Loading the data"))
        await graph.apply("CYPHER 25 CALL db.awaitIndexes(300)")
    finally:
        await graph.close()


def fingerprint(seed: int) -> str:
    """What changes with what would be written: a sample of it, and the files that say how."""
    told = [str(seed), *(migration.checksum for migration in known())]
    told += [statement(f"{noun}/create").text for noun in ("parties", "relationships")]
    told.append(Path(relationships.__file__).read_text())
    sample = records(SAMPLE, seed)
    for draft in sample.parties:
        made = party(draft)
        for name, value in sorted(made.properties.items()):
            told.append(f"{name} {value}".replace(sealed(made.id), "").replace(str(made.properties.get("number")), ""))
    told += map(str, sample.ties)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]
