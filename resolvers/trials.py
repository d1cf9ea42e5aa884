"""Narrower rules on trial, as they are made while others write who take no lock of the rule's (decision 11)."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass

from domain.doomed import Thing
from domain.ids import OperationId, RelationshipTypeId, ResponsibilityId
from domain.refusals import Refusal, Refused, demand
from domain.responsibility_changes import StoredResponsibility
from domain.type_changes import StoredType
from graphdb import jobs, relationship_types, responsibilities, trials
from graphdb.errors import GraphError, TooSlow
from graphdb.graph import GRACE_SECONDS, WRITE_SECONDS, Transaction
from resolvers.context import Context
from resolvers.operations import Done, Outcome, Work, perform
from resolvers.waiting import WORK

POLL_SECONDS = 0.05
ENDED = "This took too long, or somebody else changed it; try again."
Definition = StoredType | StoredResponsibility


@dataclass(frozen=True)
class Trial:
    """One of a definition, known by its token: how to put it up, to tell what of all that is stored does not fit, and
    to confirm it."""

    of: str
    token: str
    announce: Callable[[Transaction], Awaitable[None]]
    judge: Callable[[], Coroutine[None, None, Sequence[Refusal]]]
    confirm: Work


class Upkeep:
    """Keeps a trial up, and knows until when it surely is, by this process's clock.

    After that it may have lapsed, and been put up again by the same request sent twice; in between somebody may have
    related who did not obey it. So a trial that was once left is not gone on with.
    """

    def __init__(self, context: Context, deed: str) -> None:
        self._context, self._deed, self._until = context, deed, float("inf")

    async def by(self, work: Callable[[Transaction], Awaitable[None]]) -> None:
        """Puts the trial up, or renews it. Raises TooSlow where it was left meanwhile."""
        begun = time.monotonic()
        await self._context.graph.write(work, self._deed)
        self.demand()
        self._until = begun + trials.STANDS_SECONDS

    def demand(self) -> None:
        """Raises TooSlow where the trial may have lapsed; asked under the lock of the definition, it has not."""
        if time.monotonic() > self._until:
            raise TooSlow(ENDED)


async def tried(context: Context, deed: str, trial: Trial, id: OperationId | None = None) -> Done:
    """Puts a narrower rule on trial: whoever begins now obeys it. Once all have ended who had begun before, nothing
    that doesn't fit can come any more, so what is stored is judged, and the rule confirmed or taken back.

    If Kith is killed between, or the database is away, the trial lapses after its time. `id` is the operation's, where
    that must be known. Raises Refused, and TooSlow.
    """
    upkeep = Upkeep(context, deed)

    async def confirm(tx: Transaction) -> Outcome:
        outcome = await trial.confirm(tx)
        upkeep.demand()
        return outcome

    async def withdraw(tx: Transaction) -> None:
        await ended(tx, trial.of, trial.token)

    async def announce(tx: Transaction) -> None:
        await jobs.demand_none_returning(tx)
        await trial.announce(tx)

    try:
        await upkeep.by(announce)
        await others_ended(context, deed)
        demand(await judged(trial, upkeep))
        done = await perform(context, deed, confirm, id=id)
        if done.again:  # the same request, sent twice at once: nobody else ends what this one has put up since
            await context.graph.write(withdraw, deed)
        return done
    except BaseException:
        with suppress(GraphError):  # what went wrong is to be told, not this: it may be that all was done
            await context.graph.write(withdraw, deed)
        raise


async def judged(trial: Trial, upkeep: Upkeep) -> Sequence[Refusal]:
    """What does not fit, of all that is stored; however long that takes, the trial is kept up meanwhile."""

    async def renew(tx: Transaction) -> None:
        await trials.renew(tx, trial.of, trial.token)

    judging = asyncio.ensure_future(trial.judge())
    try:
        while not (await asyncio.wait([judging], timeout=trials.STANDS_SECONDS / 4))[0]:
            await upkeep.by(renew)
        return await judging
    finally:
        judging.cancel()


async def lapse(context: Context) -> None:
    """Ends trials that nobody keeps up: whoever put one up was killed, so the definition is again as it was before."""
    left = await trials.over(context.graph)

    async def end(tx: Transaction) -> None:
        for id, token in left:
            await ended(tx, id, token)

    if left:
        await context.graph.write(end, WORK)


async def ended(tx: Transaction, id: str, token: str) -> Definition | None:
    """A definition, locked, as it stood, None if there is none; if it was on this trial, it is so no more."""
    found: Definition | None
    if Thing.of(id) is Thing.RELATIONSHIP_TYPE:
        found = await relationship_types.locked(tx, RelationshipTypeId(id))
    else:
        found = await responsibilities.locked(tx, ResponsibilityId(id))
    if found and found.tightening == token:
        match found:
            case StoredType():
                await relationship_types.restore(tx, found.type)
            case StoredResponsibility():
                await responsibilities.restore(tx, found.responsibility)
    return found


def demand_own(found: Definition, token: str, overtaken: Refusal) -> None:
    """Raises what stands in the way of confirming a trial: TooSlow where it has ended meanwhile, Refused where somebody
    else's has taken its place. The definition is locked, so nothing comes between this and what is confirmed."""
    if found.tightening is None:
        raise TooSlow(ENDED)
    if found.tightening != token:
        raise Refused(overtaken)


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
