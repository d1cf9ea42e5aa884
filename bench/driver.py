"""Loads over the driver itself, from this process: no HTTP, no service."""

import asyncio
import os
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from typing import Any

import neo4j
import uvloop

from bench.measured import Measured
from bench.processes import cpu_seconds, memory
from graphdb.local import Endpoint

Deed = Callable[[neo4j.AsyncDriver, Any], Coroutine[Any, Any, Any]]


def connected(at: Endpoint) -> neo4j.AsyncDriver:
    """A driver with the settings that the service has, as far as they cost or save time."""
    return neo4j.AsyncGraphDatabase.driver(
        at.uri, auth=(at.user, at.password), notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF
    )


def once(at: Endpoint, deed: Deed, wanted: Any) -> Any:
    """Does a deed once, and answers what it answers."""

    async def run() -> Any:
        async with connected(at) as opened:
            return await deed(opened, wanted)

    return asyncio.run(run())


def load(
    at: Endpoint, database: int, deed: Deed, wanted: Sequence[Any], clients: int, seconds: float, warm: int, least: int
) -> Measured:
    """Does a deed over and over, by so many clients at once for so long, but at least so often, or until all is done.

    The first `warm` don't count. `database` is the process id; the service's time is this process's own.
    """

    async def run() -> Measured:
        async with connected(at) as opened:
            latencies = list[float]()

            async def client(rest: Iterator[Any]) -> None:
                for one in rest:
                    start = time.perf_counter()
                    await deed(opened, one)
                    latencies.append(time.perf_counter() - start)

            first = iter(wanted[:warm])
            await asyncio.gather(*(client(first) for _ in range(clients)))
            latencies.clear()
            before, start = (time.process_time(), cpu_seconds(database)), time.perf_counter()
            until = start + seconds
            rest = (one for done, one in enumerate(wanted[warm:]) if done < least or time.perf_counter() < until)
            await asyncio.gather(*(client(rest) for _ in range(clients)))
            took = time.perf_counter() - start
            service = time.process_time() - before[0]
            cost = service, cpu_seconds(database) - before[1]
            return Measured(latencies, took, *cost, service / took, memory(os.getpid()))

    return uvloop.run(run())
