"""Documents that come for the first time: they cost a hundred times what known ones do, so few are taken at once."""

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from graphql import GraphQLError

AT_ONCE: Final = 2
"""Of one viewer: the rest of the loop's time, and of Neo4j's, is for those whose documents are known."""
MOST_WAITING: Final = 64


@dataclass
class Queue:
    """The new documents of one viewer."""

    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    there: int = 0


class Newcomers:
    """Lets new documents in, of each viewer a few at a time, in the order in which they came."""

    def __init__(self) -> None:
        self._queues: dict[Hashable, Queue] = {}

    @asynccontextmanager
    async def turn(self, viewer: Hashable) -> AsyncIterator[None]:
        """Waits for a place. Raises GraphQLError where too many wait already."""
        queue = self._queues.setdefault(viewer, Queue())
        if queue.there >= AT_ONCE + MOST_WAITING:
            raise too_many()
        queue.there += 1
        try:
            async with queue.places:
                yield
        finally:
            queue.there -= 1
            if not queue.there:
                self._queues.pop(viewer, None)


def too_many() -> GraphQLError:
    return GraphQLError(
        f"More than {MOST_WAITING} documents wait that were not seen before; send values as variables, or try again.",
        extensions={"code": "TOO_MANY_NEW_DOCUMENTS"},
    )
