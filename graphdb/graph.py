"""The driver, and the two ways to use it: reads that commit by themselves, and managed transactions.

Each has a deadline, kept by the server and, since the driver has no read timeout, a little later here (DESIGN 3.8).
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Self, TypeVar

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from graphdb import connections
from graphdb.errors import UNKNOWN, Gone, OutcomeUnknown, SomethingHidden, TooSlow, final, translated
from graphdb.hiding import bare, wary
from graphdb.parameters import given, in_one_map
from graphdb.statements import statement

T = TypeVar("T")
READ_SECONDS, WRITE_SECONDS, BATCH_SECONDS = 10.0, 15.0, 60.0
GRACE_SECONDS = 2.0
WARY_SECONDS = 2.0
"""For so long after something was hidden it is asked warily at once."""
RETRY_SECONDS = 6.0
"""After this no new try is begun; the pause before the last can be as long again, which still is within a write's
deadline: so who finds the database away hears UNAVAILABLE, not TOO_SLOW."""

Row = Mapping[str, Any]
NATIVE = frozenset({str, bool, int, type(None)})
"""Types that the driver's values have in Python too; nearly all have one of these."""


def native(value: Any) -> Any:
    """A value of the driver's as Python's own: its dates and datetimes are not (DESIGN 3.10)."""
    match value:
        case str() | bool() | int() | None:  # nearly all are
            return value
        case list():
            return value if NATIVE.issuperset(map(type, value)) else [native(item) for item in value]
        case dict():
            return {key: native(item) for key, item in value.items()}
        case neo4j.time.Date() | neo4j.time.DateTime():
            return value.to_native()
    return value


class Transaction:
    """A transaction in which statements run by their names.

    `guesses` has what this process found in the store before. It may have changed since, so nothing may rest on it but
    what to ask for.
    """

    def __init__(self, inner: neo4j.AsyncManagedTransaction, guesses: dict[str, object], how: "How") -> None:
        self._inner, self.guesses, self._how = inner, guesses, how

    async def rows(self, name: str, /, **parameters: Any) -> list[Row]:
        """All rows of a statement, each a mapping of its columns."""
        known = statement(name)
        known.check(frozenset(parameters))
        with final():
            return [native(row) for row in await connections.within(self._inner, self._how(known.text), parameters)]

    def does(self, name: str, /, **parameters: Any) -> None:
        """Takes in a statement of which nothing is to be read: it goes out with what comes next, or with the COMMIT.

        What is wrong with it is raised then. A round trip less.
        """
        known = statement(name)
        known.check(frozenset(parameters))
        connections.queued(self._inner, self._how(known.text), parameters)


Work = Callable[[Transaction], Awaitable[T]]
How = Callable[[str], str]
"""How a statement's text is sent: plainly, warily or bare (`graphdb.hiding`)."""


def plain(text: str) -> str:
    """As it is."""
    return text


class Graph:
    """A store: one database of a Neo4j server or cluster."""

    def __init__(self, driver: neo4j.AsyncDriver, database: str | None) -> None:
        self._driver, self._database = driver, database
        # In a cluster what was written is waited for before it is read. A single server has it, or was restored from a
        # backup that is older, and then would be waited for until this process ends.
        routed = isinstance(driver, neo4j.AsyncNeo4jDriver)
        self._bookmarks = neo4j.AsyncGraphDatabase.bookmark_manager() if routed else None
        self._guesses: dict[str, object] = {}
        self._wary_until = float("-inf")

    @classmethod
    def at(cls, uri: str, user: str, password: str, database: str | None = None, *, strict: bool = False) -> Self:
        """The store at an address; connects when first used. `strict` (for tests): the server's warnings are raised."""
        notes: dict[str, Any] = (
            {"warn_notification_severity": neo4j.NotificationMinimumSeverity.WARNING}
            if strict
            else {"notifications_min_severity": neo4j.NotificationMinimumSeverity.OFF}
        )
        driver = neo4j.AsyncGraphDatabase.driver(
            uri,
            auth=(user, password),
            user_agent="kith",
            telemetry_disabled=True,
            connection_timeout=5,
            connection_acquisition_timeout=READ_SECONDS,
            max_transaction_retry_time=RETRY_SECONDS,
            initial_retry_delay=0.01,
            retry_delay_multiplier=1.6,
            retry_delay_jitter_factor=0.6,
            **notes,
        )
        return cls(driver, database)

    async def close(self) -> None:
        """Closes all connections."""
        await self._driver.close()

    async def verify(self) -> None:
        """Returns when the store answers; raises Unavailable and TooSlow.

        A database that was not named is the one that answers now, by its name from here on. Without a name the driver
        asks for the way to it only at the address given, and goes on to ask a leader that refused: the cluster would be
        lost with one member.
        """
        with translated():
            async with asyncio.timeout(READ_SECONDS), self._session(neo4j.READ_ACCESS) as session:
                result = await session.run(neo4j.Query("CYPHER 25 RETURN 1 AS one", timeout=READ_SECONDS))
                summary = await result.consume()
                self._database = self._database or summary.database

    def _session(self, access: str) -> AbstractAsyncContextManager[neo4j.AsyncSession]:
        return self._driver.session(
            database=self._database, default_access_mode=access, bookmark_manager=self._bookmarks, fetch_size=-1
        )

    async def run(
        self, text: str, parameters: Mapping[str, Any], name: str, seconds: float = READ_SECONDS
    ) -> list[Row]:
        """The rows of one statement that only reads, as its own transaction; tried twice where that may help."""
        return await self._looked(lambda how: self._tried(how(text), parameters, name, seconds))

    async def _looked(self, ask: Callable[[How], Awaitable[T]]) -> T:
        """What is asked plainly; warily where something is being hidden, or was a moment ago. Raises TooSlow where it
        would change what is coming back."""
        if self._wary_until < time.monotonic():
            try:
                return await ask(plain)
            except SomethingHidden:
                self._wary_until = time.monotonic() + WARY_SECONDS
        try:
            return await ask(wary)
        except SomethingHidden as error:
            raise TooSlow("Something that is related to this is being brought back; try again later.") from error

    async def _tried(self, text: str, parameters: Mapping[str, Any], name: str, seconds: float) -> list[Row]:
        with translated():
            async with asyncio.timeout(seconds + GRACE_SECONDS):
                try:
                    with final():
                        return await self._run(text, parameters, name, seconds)
                except (Neo4jError, DriverError) as error:
                    if not error.is_retryable():
                        raise
                    return await self._run(text, parameters, name, seconds)

    async def _run(self, text: str, parameters: Mapping[str, Any], name: str, seconds: float) -> list[Row]:
        if isinstance(self._driver, neo4j.AsyncBoltDriver):
            return await connections.read(self._driver, self._database, text, parameters, name, seconds)
        async with self._session(neo4j.READ_ACCESS) as session:
            query = neo4j.Query(in_one_map(text), {"statement": name}, seconds)
            result = await session.run(query, given(parameters))
            return [dict(record) async for record in result]

    async def planned_row(self, text: str, parameters: Mapping[str, Any]) -> list[Any]:
        """The single row that a statement of the planner's returns, empty where there is none; the driver's values."""
        rows = await self.run(text, parameters, "planned")
        return list(rows[0]["row"]) if rows else []

    async def rows(self, name: str, /, **parameters: Any) -> list[Row]:
        """All rows of a named statement that only reads."""
        known = statement(name)
        known.check(frozenset(parameters))
        return [native(row) for row in await self.run(known.text, parameters, name)]

    async def read(self, work: Work[T], name: str) -> T:
        """What `work` returns of several statements that only read, in one transaction; it may be run again."""
        return await self._looked(lambda how: self._again(work, name, neo4j.READ_ACCESS, READ_SECONDS, how))

    async def write(self, work: Work[T], name: str, seconds: float = WRITE_SECONDS, *, sees_hidden: bool = False) -> T:
        """What `work` returns, all of it done or nothing.

        The driver may run `work` again after a deadlock or a change of leader, and it is run again when a record was
        deleted under it, so it takes time, ids and random values from outside. What it raises rolls back.
        `sees_hidden`: it is to see what is being removed and is not gone yet.
        """

        async def ask(how: How) -> T:
            return await self._again(work, name, neo4j.WRITE_ACCESS, seconds, how)

        return await (ask(bare) if sees_hidden else self._looked(ask))

    async def _again(self, work: Work[T], name: str, access: str, seconds: float, how: How) -> T:
        """What `work` returns, the second time where something went away under it."""
        try:
            return await self._managed(work, name, access, seconds, how)
        except Gone:
            return await self._managed(work, name, access, seconds, how)

    async def _managed(self, work: Work[T], name: str, access: str, seconds: float, how: How) -> T:
        committing = False

        @neo4j.unit_of_work(metadata={"work": name}, timeout=seconds)
        async def run(inner: neo4j.AsyncManagedTransaction) -> T:
            nonlocal committing
            committing = False  # this may be another try
            found = await work(Transaction(inner, self._guesses, how))
            committing = access == neo4j.WRITE_ACCESS
            return found

        with translated():
            try:
                async with asyncio.timeout(seconds + GRACE_SECONDS), self._session(access) as session:
                    managed = session.execute_write if access == neo4j.WRITE_ACCESS else session.execute_read
                    # BEGIN goes with the first statement instead of being waited for, a round trip less. The driver
                    # does so for its own `execute_query`, and has no public name for it.
                    with session._pipelined_begin:
                        return await managed(run)
            except TimeoutError as error:
                if committing:
                    raise OutcomeUnknown(UNKNOWN) from error
                raise

    async def apply(self, text: str) -> None:
        """Runs one statement of a migration in its own transaction."""
        with translated():
            async with asyncio.timeout(BATCH_SECONDS + GRACE_SECONDS), self._session(neo4j.WRITE_ACCESS) as session:
                await (await session.run(neo4j.Query(text, timeout=BATCH_SECONDS))).consume()
