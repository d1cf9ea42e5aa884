"""What many records are part of is hidden at once: announced before, so that all read warily by then (decision 29)."""

from collections.abc import Awaitable, Callable
from contextlib import suppress

from domain.ids import OperationId
from graphdb import jobs
from graphdb.errors import GraphError
from graphdb.graph import BATCH_SECONDS, Transaction
from resolvers.context import Context
from resolvers.operations import Done
from resolvers.waiting import WORK, earlier_ended

Announce = Callable[[Transaction], Awaitable[None]]
Hide = Callable[[], Awaitable[Done]]


async def announced(context: Context, deed: str, by: OperationId, announce: Announce, hide: Hide) -> Done:
    """Announces that an operation is about to hide something, waits until all have ended who began to read before, and
    hides it, which makes the job that goes on with it; tells whoever does jobs of it.

    An announcement of which nothing came is withdrawn. Raises what either raises, and TooSlow.
    """

    async def withdraw(tx: Transaction) -> None:
        await jobs.withdraw(tx, by)  # nothing, once something is hidden

    await context.graph.write(announce, deed, BATCH_SECONDS)
    try:
        await earlier_ended(context)
        done = await hide()
        if done.again:  # the same request, sent twice at once: nothing was hidden by this one
            await context.graph.write(withdraw, WORK)
        context.job_made.set()
        return done
    except BaseException:
        with suppress(GraphError):  # what went wrong is to be told, not this; an announcement lapses by itself
            await context.graph.write(withdraw, WORK)
        raise
