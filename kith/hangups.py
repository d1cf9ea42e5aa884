"""Clients that hang up: what they asked for is given up, so that it costs nobody anything any more."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request

PATIENCE: float = 0.5
"""Seconds before anybody looks whether the client is still there: most answers are given sooner, and pay nothing."""


@contextmanager
def given_up(request: Request, deadline: asyncio.Timeout) -> Iterator[None]:
    """Within this the deadline passes, in less than a second, when the client hangs up. The body must have been read.

    What is under way is cancelled as by any deadline: the database ends the statement, and the transaction is undone.
    """
    watching: asyncio.Task[None] | None = None

    def watch() -> None:
        nonlocal watching
        watching = asyncio.create_task(pass_when_gone(request, deadline))

    timer = asyncio.get_running_loop().call_later(PATIENCE, watch)
    try:
        yield
    finally:
        timer.cancel()
        if watching:
            watching.cancel()


async def pass_when_gone(request: Request, deadline: asyncio.Timeout) -> None:
    """Lets the deadline pass when there is nobody to answer any more."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    deadline.reschedule(asyncio.get_running_loop().time())
