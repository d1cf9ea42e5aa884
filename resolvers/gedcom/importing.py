"""GEDCOM import: people as they are read, then how they are related, each batch in its own transaction (SPEC 9.7)."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from itertools import islice
from pathlib import Path
from typing import TypeVar

from domain.gedcom import DEED, Outcome, Report, system_of
from domain.ids import PartyId, new_operation_id
from resolvers.access import permit
from resolvers.context import Context
from resolvers.gedcom.people import newcomers, settle
from resolvers.gedcom.reading import Reading
from resolvers.gedcom.ties import tie

T = TypeVar("T")
Progress = Callable[[int, int], None]
AT_ONCE = 1_000
"""So many people or relationships in a transaction: with five thousand Neo4j takes a fifth more of a processor each,
and has nothing to do until the first are read; with a few hundred, round trips begin to count."""
TIES_FOR_PEOPLE = 1.5
"""How long relationships take to write, measured against the people, who are written as they are read."""


async def import_gedcom(context: Context, file: Path, source: str, progress: Progress) -> Report:
    """Brings the people, parentages and partnerships of a file in, as one operation.

    Who was imported from this source before stays as it is. `progress` is told how many steps are done of how many, by
    whichever thread is at work; a step is a byte read, or as much of the relationships, which come once all is read.
    Raises NotGedcom, and then nothing was written unless the file could not be read any further in its middle; Refused
    where the source's name cannot stand in external ids.
    """
    permit(context.viewer, DEED)
    system, done = system_of(source), new_operation_id()
    reading = await asyncio.to_thread(Reading, file, context.today)
    total, ids, new = Outcome(), dict[str, PartyId](), set[PartyId]()
    steps = reading.size + int(reading.size * TIES_FOR_PEOPLE)
    people = newcomers(reading, system, context.country, lambda now: progress(now, steps))
    async with aclosing(ahead(people, AT_ONCE)) as batches:
        async for some in batches:
            settled = await settle(context, done, system, some)
            total.made["people"] += len(settled.made)
            total.there["people"] += len(settled.there)
            ids |= {**settled.there, **settled.made}
            new.update(settled.made.values())
    ties = reading.ties()
    for start in range(0, len(ties), AT_ONCE):
        some_ties = ties[start : start + AT_ONCE]
        total.add(await tie(context, done, some_ties, ids, new, reading.remarks.tell))
        progress(reading.size + (steps - reading.size) * min(start + AT_ONCE, len(ties)) // len(ties), steps)
    progress(steps, steps)
    total.left.update(reading.left)
    return total.report(reading.remarks)


async def ahead(items: Iterator[T], most: int) -> AsyncGenerator[list[T], None]:
    """Lists of items, of so many at most, each made in another thread while the one before is used."""
    following = asyncio.create_task(asyncio.to_thread(list, islice(items, most)))
    try:
        while some := await following:
            following = asyncio.create_task(asyncio.to_thread(list, islice(items, most)))
            yield some
    finally:
        following.cancel()
