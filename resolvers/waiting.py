"""Waiting for those who began before: then nobody is left who does not see what was done meanwhile (decision 29)."""

import asyncio

from graphdb import jobs
from graphdb.errors import TooSlow
from graphdb.graph import GRACE_SECONDS, WRITE_SECONDS, Transaction
from resolvers.context import Context

WORK = "jobs"
POLL_SECONDS = 0.02


async def earlier_ended(context: Context) -> None:
    """Returns once every transaction of Kith's that is open now, reading ones too, has ended. Raises TooSlow where one
    doesn't. Parts of jobs do not count: they see what is hidden anyway."""

    async def at_work(tx: Transaction) -> frozenset[str]:
        return await jobs.others(tx, [WORK])

    try:
        async with asyncio.timeout(WRITE_SECONDS + GRACE_SECONDS):
            waiting = await context.graph.write(at_work, WORK, sees_hidden=True)
            while waiting:
                await asyncio.sleep(POLL_SECONDS)
                waiting &= await context.graph.write(at_work, WORK, sees_hidden=True)
    except TimeoutError as error:
        raise TooSlow("Others are still at work; try again.") from error
