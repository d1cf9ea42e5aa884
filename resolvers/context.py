"""What a request carries: dependencies arrive, nothing is global (DESIGN 8.20)."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from domain.idempotency import Key
from graphdb.graph import Graph
from resolvers.attempts import Attempts
from resolvers.passwords import Hasher
from resolvers.post import Post
from resolvers.reading.context import ReadingContext
from resolvers.viewers import NOBODY, Unknown, Viewer, Viewers


@dataclass
class Context:
    """The graph, who asks, when (UTC), the business's day, its country for phone numbers, its reading, all who ask,
    what hashes passwords, counts attempts, and seals what must not be kept; what is set where a job was made, so that
    it is begun at once; where mail is set up, what sends it.

    A mutation that is to be done once has its idempotency key; what was done can be undone for so many days.
    """

    graph: Graph
    viewer: Viewer
    now: datetime
    today: date
    country: str
    reading: ReadingContext
    viewers: Viewers
    hasher: Hasher
    attempts: Attempts
    seal: Callable[[str], str]
    job_made: asyncio.Event
    key: Key | None = None
    undo_days: int = 365
    post: Post | None = None

    async def look_again(self) -> None:
        """Learns who the viewer is at this moment: whoever changes something does so as he or she is now.

        Raises Unknown for a party that may not sign in any more, which then is as nobody for the whole request.
        """
        if self.viewer.standing is None:
            return
        try:
            self.viewer = await self.viewers.fresh(self.viewer.caller)
        except Unknown:
            self.reading.changed = NOBODY
            raise
