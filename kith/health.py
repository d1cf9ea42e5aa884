"""Health, for load balancers and container engines: is the process there, is its store (SPEC 11.6)."""

import asyncio
import time

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from graphdb.errors import GraphError, TooSlow
from graphdb.graph import Graph
from graphdb.migrations import MigrationChanged, StoreTooNew, applied, known, missing

LIVE, READY = "/livez", "/readyz"
STORE_SECONDS = 2.0
KEPT_SECONDS = 1.0


class Health:
    """Whether a service over a graph can answer. Anybody may ask: what is told is one word, and asking costs little."""

    def __init__(self, graph: Graph) -> None:
        self._graph, self._migrations = graph, known()
        self._asking, self._until = asyncio.Lock(), 0.0
        self._reason: str | None = None

    def routes(self) -> list[Route]:
        """What is asked by GET or HEAD, without signing in."""
        return [Route(LIVE, self.live), Route(READY, self.ready)]

    async def live(self, request: Request) -> Response:
        """200 while this process serves, whatever the database does: restarting it would not bring that back."""
        return told("live", 200)

    async def ready(self, request: Request) -> Response:
        """200 where requests can be answered now, else 503 with the reason; 2 seconds at most for the store.

        However many ask, the store is asked once in a second: who finds the question being asked waits for its answer.
        """
        async with self._asking:
            if time.monotonic() >= self._until:
                self._reason = await self.reason()
                self._until = time.monotonic() + KEPT_SECONDS
            reason = self._reason
        return told(reason, 503) if reason else told("ready", 200)

    async def reason(self) -> str | None:
        """Why the store cannot be used, asked of it now; None where it can.

        `unavailable`: it cannot be reached, or doesn't let us in. `slow`: no answer within 2 seconds. `unmigrated`: it
        lacks a migration of this version, as an empty one does that took the place of ours. `newer`, `changed`: it has
        a migration that this version doesn't know, or has otherwise, so that a start would be refused as well.
        """
        try:
            async with asyncio.timeout(STORE_SECONDS):
                return "unmigrated" if missing(self._migrations, await applied(self._graph)) else None
        except (TimeoutError, TooSlow):
            return "slow"
        except GraphError:
            return "unavailable"
        except StoreTooNew:
            return "newer"
        except MigrationChanged:
            return "changed"


def told(word: str, status: int) -> Response:
    """An answer of one word, which nobody may keep."""
    return PlainTextResponse(f"{word}\n", status, {"cache-control": "no-store"})
