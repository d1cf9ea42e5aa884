"""API keys as a way in, and when they were last used (SPEC 11.3)."""

import asyncio
from datetime import datetime, timedelta
from typing import NoReturn

import structlog

from domain.api_keys import PREFIX, hashed, is_key
from graphdb import api_keys
from graphdb.errors import GraphError
from graphdb.graph import Graph
from kith.tokens import Rejected
from resolvers.reading.kept import Kept
from resolvers.viewers import Caller

MOST_KNOWN = 10_000
NOTED_EACH = timedelta(minutes=1)

log = structlog.get_logger()


class ApiKeys:
    """Whose key is shown. Whether it is still good, each reading tells with what it reads."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._known: Kept[Caller] = Kept(MOST_KNOWN)

    async def caller(self, token: str) -> Caller | None:
        """The app whose key a token is; None where it is no key. Raises Rejected for a key that is nobody's, and
        GraphError where the database cannot tell."""
        if not token.startswith(PREFIX):
            return None
        if not is_key(token):
            raise Rejected("NOT_KNOWN")
        hash = hashed(token)
        if known := self._known.found(hash):
            return known
        found = await api_keys.found(self._graph, hash)
        if found is None:
            raise Rejected("NOT_KNOWN")
        app, key = found
        caller = Caller(app, key)
        self._known.keep(hash, caller)
        return caller


class Uses:
    """When keys were last used: noted here by each request, written once a minute at most, and at the end."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._written: Kept[datetime] = Kept(MOST_KNOWN)
        self._waiting: dict[str, datetime] = {}

    def note(self, key: str, at: datetime) -> None:
        """Takes in that a key was used."""
        written = self._written.found(key)
        if written is None or at - written >= NOTED_EACH:
            self._waiting[key] = at

    async def write(self) -> None:
        """Writes what was noted; where the database is away it waits for the next time."""
        uses, self._waiting = self._waiting, {}
        if not uses:
            return
        try:
            await api_keys.used(self._graph, uses)
        except GraphError as error:
            self._waiting = uses | self._waiting
            log.warning("uses_not_written", code=error.code)
        else:
            for key, at in uses.items():
                self._written.keep(key, at)

    async def write_each_minute(self) -> NoReturn:
        """Writes again and again, until it is cancelled."""
        while True:
            await asyncio.sleep(NOTED_EACH.total_seconds())
            await self.write()
