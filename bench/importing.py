"""Importing a GEDCOM file: Kith, which reads and checks it, against its records in batches over the driver."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import neo4j

from bench import batches, driver
from bench.batches import Recording, Written
from bench.gedcom import families
from bench.http import WrongAnswer
from bench.measured import Measured
from bench.processes import cpu_seconds, memory
from bench.rounds import KITH, Plan, Progress, interleaved, loading
from graphdb.graph import Graph
from graphdb.local import Endpoint
from kith.context import Contexts
from kith.garbage import settle
from kith.settings import load
from resolvers.gedcom.importing import import_gedcom
from resolvers.viewers import ADMINISTRATOR

SOURCE = "benchmark"
PREFIX = f"gedcom:{SOURCE}|"
LEFT = (
    """MATCH (external:ExternalId)-[:IDENTIFIES]->(party) WHERE external.key STARTS WITH $prefix
    RETURN properties(party) AS found, properties(external) AS beside ORDER BY external.key""",
    """MATCH (external:ExternalId)-[:IDENTIFIES]->(party)-[edge:PARENT_OF|PARTNER_OF]->()
    WHERE external.key STARTS WITH $prefix
    RETURN properties(edge) AS found, type(edge) AS beside ORDER BY edge.id""",
    """MATCH (change:Change {operation: $operation})
    RETURN properties(change) AS found, null AS beside ORDER BY change.record, change.party""",
    "MATCH (operation:Operation {id: $operation}) RETURN properties(operation) AS found, null AS beside",
)
REMOVE = (
    """MATCH (external:ExternalId)-[:IDENTIFIES]->(party) WHERE external.key STARTS WITH $prefix
    CALL (external, party) { DETACH DELETE external, party } IN TRANSACTIONS OF 2000 ROWS""",
    """MATCH (operation:Operation {kind: 'importGedcom'}) MATCH (change:Change {operation: operation.id})
    CALL (change) { DELETE change } IN TRANSACTIONS OF 5000 ROWS""",
    "MATCH (operation:Operation {kind: 'importGedcom'}) DELETE operation",
)


def measured(at: Endpoint, database: int, people: int, plan: Plan, progress: Progress) -> dict[str, list[Measured]]:
    """What importing so many people measured, and writing their records; each starts without them.

    Raises WrongAnswer where the two don't leave the same.
    """
    with TemporaryDirectory() as folder, loading() as processes:
        file = Path(folder) / "families.ged"
        with file.open("w", encoding="utf-8") as lines:
            lines.writelines(f"{line}\n" for line in families(people, 1))
        written = asyncio.run(recorded(at, file))
        compare(at, written)
        targets = {
            KITH: partial(alone, processes, by_kith, at, database, (file, written.records)),
            "raw": partial(alone, processes, by_hand, at, database, (written,)),
        }
        return interleaved(targets, plan, progress)


async def recorded(at: Endpoint, file: Path) -> Written:
    """What Kith writes when it imports a file."""
    graph = Recording.at(at.uri, at.user, at.password)
    graph.written = Written()
    try:
        await imported(graph, file)
        return graph.written
    finally:
        await graph.close()


async def imported(graph: Graph, file: Path) -> None:
    """Imports a file as the command line does."""
    await import_gedcom(Contexts(graph, load()).of(ADMINISTRATOR), file, SOURCE, lambda done, in_all: None)


def compare(at: Endpoint, written: Written) -> None:
    """Raises WrongAnswer unless what Kith has left is what writing its rows by hand leaves."""
    operation = written.operation["id"]
    by_kith = left(at, operation)
    removed(at)
    driver.once(at, batches.write, written)
    if (by_hand := left(at, operation)) != by_kith:
        different = [pair for pair in zip(by_kith, by_hand, strict=False) if pair[0] != pair[1]]
        raise WrongAnswer(f"Kith leaves {len(by_kith)} records, by hand {len(by_hand)}: {different[:1]}")


def left(at: Endpoint, operation: str) -> list[Any]:
    """All that an import has left, in an order of its own."""
    with neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as opened:
        found = [
            record.data()
            for text in LEFT
            for record in opened.execute_query(f"CYPHER 25 {text}", prefix=PREFIX, operation=operation).records
        ]
    for record in found:
        record["found"].pop("_lock", None)  # a lock that was taken, which nobody else needs here
    return found


def removed(at: Endpoint) -> None:
    """Takes an import away."""
    with neo4j.GraphDatabase.driver(at.uri, auth=(at.user, at.password)) as opened, opened.session() as session:
        for text in REMOVE:
            session.run(f"CYPHER 25 {text}", prefix=PREFIX).consume()


def alone(
    processes: ProcessPoolExecutor,
    run: Callable[..., Measured],
    at: Endpoint,
    database: int,
    given: tuple[Any, ...],
    seconds: float,
) -> Measured:
    """A run, once what the last has left is gone; it takes as long as it takes, not so many seconds."""
    removed(at)
    return processes.submit(run, at, database, *given).result()


def by_kith(at: Endpoint, database: int, file: Path, records: int) -> Measured:
    """An import."""

    async def work() -> None:
        graph = Graph.at(at.uri, at.user, at.password)
        try:
            settle()
            await imported(graph, file)
        finally:
            await graph.close()

    return timed(work, database, records)


def by_hand(at: Endpoint, database: int, written: Written) -> Measured:
    """Its records, in batches."""

    async def work() -> None:
        async with driver.connected(at) as opened:
            await batches.write(opened, written)

    return timed(work, database, written.records)


def timed(work: Callable[[], Awaitable[Mapping[str, Any] | None]], database: int, records: int) -> Measured:
    """What work measures that is done once."""

    async def run() -> Measured:
        before, start = (time.process_time(), cpu_seconds(database)), time.perf_counter()
        await work()
        took = time.perf_counter() - start
        service, server = time.process_time() - before[0], cpu_seconds(database) - before[1]
        return Measured((took,), took, service, server, service / took, memory(os.getpid()), records)

    return asyncio.run(run())
