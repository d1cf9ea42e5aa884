"""The daily run: from the command line, beside a running service or without; and of the service itself, every day."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog

from graphdb.errors import GraphError
from graphdb.local import Endpoint
from kith.context import Contexts
from kith.progress import console
from kith.settings import Settings
from kith.store import endpoint, opened
from resolvers.context import Context
from resolvers.daily import run_daily
from resolvers.duplicates import keep_up
from resolvers.viewers import ADMINISTRATOR

LONGEST_SLEEP = 3600.0
"""Clocks are set, and machines sleep: whoever waits for midnight looks at the clock now and then."""
AGAIN_SECONDS = 60.0

logger = structlog.get_logger()


def run(settings: Settings) -> None:
    """Does the daily run once, and tells what it did in a line."""
    with endpoint(settings) as at:
        count = asyncio.run(done(settings, at))
    what = "relationship that was" if count == 1 else "relationships that were"
    console.print(f"Deleted {count:,} {what} made within a household and are over.", highlight=False)


async def done(settings: Settings, at: Endpoint) -> int:
    """What a run over the store at an address deleted."""
    async with opened(at, settings) as graph:
        return await run_daily(Contexts(graph, settings).of(ADMINISTRATOR))


async def every_day(context: Callable[[], Context], wait: Callable[[date], Awaitable[None]]) -> None:
    """Does the daily run, and looks for new duplicates, at once and then each day, until cancelled.

    Where it fails, it is done again a minute later. `context` is that of now; `wait` returns when a day is over.
    """
    while True:
        now = context()
        try:
            count = await run_daily(now)
            await keep_up(now)
        except GraphError as error:
            logger.warning("daily_run_failed", code=error.code)
            await asyncio.sleep(AGAIN_SECONDS)
            continue
        if count:
            logger.info("daily_run", deleted=count)
        await wait(now.today)


async def day_over(settings: Settings, today: date) -> None:
    """Returns when the business's day is another."""
    while settings.today(now := datetime.now(UTC)) == today:  # noqa: ASYNC110  # no event tells of a clock
        await asyncio.sleep(min(until_midnight(now, settings.time_zone), LONGEST_SLEEP))


def until_midnight(now: datetime, zone: str) -> float:
    """The seconds from a moment until the next day begins in a time zone; a day may be of 23 hours, or of 25."""
    tomorrow = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return (datetime.combine(tomorrow, time.min, ZoneInfo(zone)).astimezone(UTC) - now).total_seconds()
