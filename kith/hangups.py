"""How long a request may take, and clients that hang up: what nobody waits for is given up, and costs no more."""

import asyncio
from types import TracebackType

from starlette.requests import Request

PATIENCE: float = 0.5
"""Seconds before anybody looks at a request: most are answered sooner, and pay for one timer only."""


class Watched:
    """Within this a request has so many seconds, and less than one more once its client has hung up.

    What is under way is cancelled as by any deadline: the database ends the statement, and the transaction is undone;
    then TimeoutError is raised. `read` is to be set once the body has been read: nobody can be seen to hang up before.
    """

    def __init__(self, request: Request, seconds: float) -> None:
        self._request, self._seconds = request, seconds
        self._deadline = asyncio.timeout(None)
        self._watching: asyncio.Task[None] | None = None
        self.read = False

    async def __aenter__(self) -> "Watched":
        await self._deadline.__aenter__()
        self._loop = asyncio.get_running_loop()
        self._ends = self._loop.time() + self._seconds
        self._timer = self._loop.call_later(min(PATIENCE, self._seconds), self._look)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if self._watching:
            self._watching.cancel()
        await self._deadline.__aexit__(kind, raised, trace)

    def _look(self) -> None:
        self._deadline.reschedule(self._ends)
        if self.read:
            self._watching = self._loop.create_task(self._pass_when_gone())
        else:
            self._timer = self._loop.call_later(PATIENCE, self._look)

    async def _pass_when_gone(self) -> None:
        """Lets the deadline pass when there is nobody to answer any more."""
        while (await self._request.receive())["type"] != "http.disconnect":
            pass
        self._deadline.reschedule(self._loop.time())
