"""Paths: the graph finds what is shortest, `domain.path_search` asks for more and puts in order (SPEC 9.5)."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from domain.ids import PartyId
from domain.parties import PartyKind
from domain.path_search import Search
from domain.paths import Asked, Path
from domain.refusals import NotFound, Refused, demand
from graphdb import parties, paths
from graphdb.errors import TooSlow
from graphdb.graph import Transaction
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
    if not found:
        await demand_ends(context, asked)
    return Found(found, search.crowded, late)


async def demand_ends(context: Context, asked: Asked) -> None:
    """Raises Refused for ends that are not there; a path that was found tells that they are."""
    ends: Sequence[tuple[str, PartyId]] = (("from", asked.source), ("to", asked.target))

    async def work(tx: Transaction) -> list[NotFound]:
        there = await parties.ends(tx, [id for _, id in ends if PartyKind.of(id)])
        return [NotFound(path=(name,)) for name, id in ends if id not in there]

    if missing := await context.graph.read(work, "paths"):
        raise Refused(*missing)
