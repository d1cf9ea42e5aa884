"""Narrower rules on trial, as they are made while others write who take no lock of the rule's (decision 11)."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from domain.ids import OperationId
from domain.refusals import Refusal, demand
from graphdb import jobs, relationship_types
from graphdb.errors import GraphError, TooSlow
from graphdb.graph import GRACE_SECONDS, WRITE_SECONDS, Transaction
from resolvers.context import Context
from resolvers.operations import Done, Work, perform

POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Trial:
    """What is done of one: to put it up, to tell what of all that is stored does not fit, to confirm or withdraw it."""

    announce: Callable[[Transaction], Awaitable[None]]
    judge: Callable[[], Awaitable[Sequence[Refusal]]]
    confirm: Work
    withdraw: Callable[[Transaction], Awaitable[None]]


async def tried(context: Context, deed: str, trial: Trial, id: OperationId | None = None) -> Done:
    """Puts a narrower rule on trial: whoever begins now obeys it. Once all have ended who had begun before, nothing
    that doesn't fit can come any more, so what is stored is judged, and the rule confirmed or taken back.

    If Kith is killed between, or the database is away, the narrower rule stays on trial until the next change of what
    it is a rule of. `id` is the operation's, where that must be known. Raises Refused, and TooSlow.
    """

    async def announce(tx: Transaction) -> None:
        await jobs.demand_none_returning(tx)
        await trial.announce(tx)

    try:
        await context.graph.write(announce, deed)
        await others_ended(context, deed)
        demand(await trial.judge())
        done = await perform(context, deed, trial.confirm, id=id)
        if done.again:  # the same request, sent twice at once: nobody else ends what this one has put up since
            await context.graph.write(trial.withdraw, deed)
        return done
    except BaseException:
        with suppress(GraphError):  # what went wrong is to be told, not this: it may be that all was done
            await context.graph.write(trial.withdraw, deed)
        raise


async def others_ended(context: Context, deed: str) -> None:
    """Returns once every transaction of Kith's that is open now has ended. Raises TooSlow where one doesn't.

    It is asked in a transaction that may write, since those run where all that write do, in a cluster too, and since
    what is read afterwards then shows what they have written.
    """

    async def at_work(tx: Transaction) -> frozenset[str]:
        return await relationship_types.others_at_work(tx, [deed])

    try:
        async with asyncio.timeout(WRITE_SECONDS + GRACE_SECONDS):
            waiting = await context.graph.write(at_work, deed)
            while waiting:
                await asyncio.sleep(POLL_SECONDS)
                waiting &= await context.graph.write(at_work, deed)
    except TimeoutError as error:
        raise TooSlow("Others are still writing; try again.") from error
