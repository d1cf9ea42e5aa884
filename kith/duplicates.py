"""Finding duplicates from the command line, beside a running service or without."""

import asyncio

from graphdb.local import Endpoint
from kith.context import Contexts
from kith.progress import Bars, console
from kith.settings import Settings
from kith.store import endpoint, opened
from resolvers.duplicates import find_duplicates
from resolvers.viewers import ADMINISTRATOR


def run(settings: Settings, whole: bool) -> None:
    """Notes who may be the same as whom, and tells in a line how many pairs were found."""
    with endpoint(settings) as at:
        found = asyncio.run(noted(settings, at, whole))
    console.print(f"Found {found:,} pairs of customers who may be the same.", highlight=False)


async def noted(settings: Settings, at: Endpoint, whole: bool) -> int:
    """How many pairs a run over the store at an address found."""
    async with opened(at, settings) as graph:
        with Bars() as bars:
            tell = bars.steps()
            return await find_duplicates(
                Contexts(graph, settings).of(ADMINISTRATOR), whole, lambda seen: tell(f"{seen:,} customers")
            )
