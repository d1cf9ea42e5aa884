"""Readings that go together: requests for one plan that come while others of it are under way share a statement.

A statement for sixty-four parties costs the driver as much as one for a single party, and Neo4j twice as much. Nobody
waits for company: whoever comes to an idle lane is read at once, alone.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graphdb.errors import Unavailable
from resolvers.reading.statement import Statement

Fetch = Callable[[str, Mapping[str, object]], Awaitable[list[Any]]]
Parameters = Mapping[str, object]

MOST_CALLERS: Final = 64
MOST_ROWS: Final = 2_000
"""How many rows one statement may bring for all its callers: larger answers gain nothing from company."""
FEW_ROWS: Final = 8
LANES: Final = 4
"""So many statements of one plan are under way at once before callers wait; one where they bring few rows."""


@dataclass
class Caller:
    """A request that waits for its row."""

    parameters: Parameters
    row: asyncio.Future[list[Any]]


@dataclass
class Lane:
    """Requests for one plan whose parameters differ only in what may differ within a statement."""

    statement: Statement
    shared: Parameters
    running: int = 0
    waiting: deque[Caller] = field(default_factory=deque)

    def takes(self) -> int:
        """How many callers go into one statement."""
        return max(1, min(MOST_CALLERS, int(MOST_ROWS / max(self.statement.rows, 1))))

    def is_full(self) -> bool:
        """Whether a caller has to wait; who would go alone anyway never does."""
        return self.takes() > 1 and self.running >= (1 if self.statement.rows <= FEW_ROWS else LANES)

    def own(self, caller: Caller) -> Parameters:
        """The parameters in which callers differ."""
        return {name: caller.parameters[name] for name in self.statement.differing}

    def next(self) -> list[Caller]:
        """Those who go next, without who has given up."""
        found: list[Caller] = []
        while self.waiting and len(found) < self.takes():
            if not (caller := self.waiting.popleft()).row.done():
                found.append(caller)
        return found


class Batches:
    """Reads rows of plans through `fetch`, which gives the column `row` of a statement's only record."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._lanes: dict[Hashable, Lane] = {}
        self._under_way: set[asyncio.Task[None]] = set()

    async def row(self, statement: Statement, parameters: Parameters) -> list[Any]:
        """The row of a statement. Raises what the reading raises for this caller alone."""
        if statement.text is None:
            return []
        used = {name: parameters[name] for name in statement.parameters}
        shared = {name: value for name, value in used.items() if name not in statement.differing}
        key = (statement.text, frozen(shared))
        lane = self._lanes.get(key) or self._lanes.setdefault(key, Lane(statement, shared))
        if lane.is_full():
            caller = Caller(used, asyncio.get_running_loop().create_future())
            lane.waiting.append(caller)
            return await caller.row
        lane.running += 1
        try:
            row = await self._fetch(statement.text, used)
            statement.learn(row)
            return row
        finally:
            self._leave(key, lane)

    def _leave(self, key: Hashable, lane: Lane) -> None:
        """Lets those go who waited for a statement to end."""
        lane.running -= 1
        if callers := lane.next():
            lane.running += 1
            task = asyncio.create_task(self._together(key, lane, callers))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
            end_with(callers, task)
        elif not lane.running:
            self._lanes.pop(key, None)

    async def _together(self, key: Hashable, lane: Lane, callers: Sequence[Caller]) -> None:
        """Reads for several callers; where that fails for each of them alone, so that none fails for another."""
        same: dict[Hashable, list[Caller]] = {}
        for caller in callers:
            same.setdefault(frozen(lane.own(caller)), []).append(caller)
        groups = list(same.values())
        try:
            if len(groups) > 1:
                batch = [{"place": place, **lane.own(group[0])} for place, group in enumerate(groups)]
                found, *tables = await self._fetch(lane.statement.together, {**lane.shared, "batch": batch})
                for place, row in found:
                    answer(groups[place], [*row, *tables])
                    lane.statement.learn(row)
            else:
                await self._alone(lane.statement, callers)
        except Unavailable as error:
            fail(callers, error)
        except Exception:
            await asyncio.gather(*(self._alone(lane.statement, group) for group in groups))
        finally:
            self._leave(key, lane)

    async def _alone(self, statement: Statement, callers: Sequence[Caller]) -> None:
        """Reads for callers who want the same."""
        assert statement.text
        try:
            answer(callers, await self._fetch(statement.text, callers[0].parameters))
        except Exception as error:
            fail(callers, error)


def end_with(callers: Sequence[Caller], task: asyncio.Task[None]) -> None:
    """Cancels the reading once each of its callers has given up."""

    def look(row: asyncio.Future[list[Any]]) -> None:
        if all(caller.row.cancelled() for caller in callers):
            task.cancel()

    for caller in callers:
        caller.row.add_done_callback(look)


def answer(callers: Sequence[Caller], row: list[Any]) -> None:
    for caller in callers:
        if not caller.row.done():
            caller.row.set_result(row)


def fail(callers: Sequence[Caller], error: Exception) -> None:
    for caller in callers:
        if not caller.row.done():
            caller.row.set_exception(error)


def frozen(value: object) -> Hashable:
    """Something hashable that is equal for equal values of parameters, and tells 1 from true."""
    match value:
        case list() | tuple():
            return tuple(map(frozen, value))
        case dict():
            return tuple((name, frozen(value[name])) for name in sorted(value))
    assert isinstance(value, Hashable)
    return type(value), value
