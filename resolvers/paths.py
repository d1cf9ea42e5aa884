"""Paths: the graph finds what is shortest, `domain.path_search` asks for more and puts in order (SPEC 9.5)."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.ids import PartyId
from domain.partial_dates import Period
from domain.parties import PartyKind
from domain.path_search import Search
from domain.paths import Asked, Path
from domain.refusals import NotFound, Refused, demand
from graphdb import merging, parties, paths
from graphdb.errors import TooSlow
from graphdb.graph import Transaction
from resolvers.access import demand_seen, is_bounded, seen
from resolvers.context import Context

SECONDS = 5
"""After this the paths found so far are the answer."""


@dataclass(frozen=True)
class Found:
    """Paths in order. `crowded`: there were more equally long ones than are compared. `late`: there may be more."""

    paths: tuple[Path, ...]
    crowded: bool
    late: bool


async def find_paths(context: Context, asked: Asked) -> Found:
    """The shortest paths between two parties, none where there are none.

    Raises Refused with NotFound for ends that are not there, and for arguments that cannot be; TooSlow where not even
    the shortest are found in time.
    """
    demand(asked.wrong())
    if asked.avoiding or asked.source == asked.target or is_bounded(context.viewer):
        asked = await followed(context, asked)
    found = await searched(context, asked)
    if not found.paths and (again := await followed(context, asked)) != asked:
        found = await searched(context, again)
    if not found.paths:
        await demand_ends(context, asked)
    return found


async def searched(context: Context, asked: Asked) -> Found:
    """The shortest paths between two parties as they are named, none where there are none or no such parties."""
    if is_bounded(context.viewer):
        asked = await within_sight(context, asked)
    search, late = Search(asked), False
    try:
        async with asyncio.timeout(SECONDS):
            while wanted := search.wanted():
                search.step(await paths.shortest(context.graph, asked, wanted))
    except TimeoutError as error:
        late = True
        if not search.paths():
            raise TooSlow("The database did not find a path in time; try again.") from error
    found = search.paths()
    if found and is_bounded(context.viewer):
        found = await undated(context, found)
    return Found(found, search.crowded, late)


async def followed(context: Context, asked: Asked) -> Asked:
    """What is asked for, of those who were merged away the ones into whom (SPEC 7.4). They have no relationships, so
    it is only looked up where no path is found, or where they are named as more than two ends."""

    async def work(tx: Transaction) -> Asked:
        named = [PartyId(id) for id in (asked.source, asked.target, *asked.avoiding)]
        last = await merging.survivors(tx, named)
        source, target, *avoiding = [last.get(id, id) for id in named]
        return replace(asked, source=source, target=target, avoiding=avoiding)

    return await context.graph.read(work, "paths")


async def within_sight(context: Context, asked: Asked) -> Asked:
    """What is asked for by one from whom somebody may be hidden: ends must be seen, and nobody hidden is avoided.

    Raises Refused with NotFound for the ends.
    """

    async def work(tx: Transaction) -> frozenset[PartyId]:
        await demand_seen(tx, context, {("from",): asked.source, ("to",): asked.target})
        return await seen(tx, context, [PartyId(id) for id in asked.avoiding])

    return replace(asked, avoiding=await context.graph.read(work, "paths"))


async def undated(context: Context, found: Sequence[Path]) -> tuple[Path, ...]:
    """Paths, those past somebody hidden without the time for which they hold."""
    parties = {PartyId(id) for path in found for id in path.parties}

    async def work(tx: Transaction) -> frozenset[PartyId]:
        return await seen(tx, context, parties)

    shown = await context.graph.read(work, "paths")
    return tuple(path if shown.issuperset(path.parties) else replace(path, period=Period(None, None)) for path in found)


async def demand_ends(context: Context, asked: Asked) -> None:
    """Raises Refused for ends that are not there; a path that was found tells that they are."""
    ends: Sequence[tuple[str, PartyId]] = (("from", asked.source), ("to", asked.target))

    async def work(tx: Transaction) -> list[NotFound]:
        there = await parties.ends(tx, [id for _, id in ends if PartyKind.of(id)])
        return [NotFound(path=(name,)) for name, id in ends if id not in there]

    if missing := await context.graph.read(work, "paths"):
        raise Refused(*missing)
