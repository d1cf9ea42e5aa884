"""Jobs: taken on, done part by part, cancelled (SPEC 11.7)."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from domain.ids import JobId, new_id
from domain.jobs import UNSEEN, Job, JobKind, JobState, Part
from domain.refusals import NotFound, NotUnderWay, Refused
from domain.returning import cancelled, told, turned
from graphdb import jobs
from graphdb.errors import GraphError, OutcomeUnknown, TooSlow, Unavailable
from graphdb.graph import BATCH_SECONDS, Transaction
from resolvers.access import permit
from resolvers.context import Context
from resolvers.duplicates import next_customers
from resolvers.erasing import next_erased
from resolvers.operations import Done, Outcome, perform
from resolvers.returning import come_back
from resolvers.sweeping import prepared, sweep
from resolvers.trials import lapse
from resolvers.waiting import WORK

DEED = "cancelJob"
PARTS: Mapping[JobKind, Callable[[Transaction, Context, Job], Awaitable[Part]]] = {
    JobKind.DELETE: sweep,
    JobKind.RESTORE: come_back,
    JobKind.ERASE: next_erased,
    JobKind.FIND_DUPLICATES: next_customers,
}
"""What does the next part of a job, by its kind."""
UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)
PASSING = (Unavailable, TooSlow, OutcomeUnknown, jobs.LeaseLost)
"""What says nothing about the job: it is gone on with."""


async def work_on(context: Callable[[], Context], owner: str | None = None) -> int:
    """Takes on jobs that nobody is at, one after the other, and does them; answers how many records were done.

    Each part is a transaction that notes how far the job has come, so whoever is killed has done a part or not, and
    the next that takes the job on goes on from there. Raises what the graph does: of a job that failed that is kept,
    LeaseLost where it was cancelled, or another has taken it on since nothing was heard of this process for so long.
    Whoever was cut off from a job goes on with it by being the same `owner`, of whom only one may be at work; others
    wait for the end of the lease. What was put on trial by whoever was killed lapses before.
    """
    owner, count = owner or new_id("worker"), 0
    await lapse(context())
    while job := await taken_on(context(), owner):
        try:
            count += await done(context, job, owner)
        except jobs.LeaseLost:
            continue
        except PASSING:
            raise
        except (GraphError, Refused) as error:
            await failed(context(), job, owner, str(error))
    return count


async def done(context: Callable[[], Context], job: Job, owner: str) -> int:
    """Does what is left of a job; answers how many records that were. Raises what the graph does."""
    count, over = 0, False
    if job.kind in UNSEEN:
        await prepared(context(), job)
    while not over:
        part = await next_part(context(), job, owner)
        job = replace(job, cursor=part.cursor, batches=job.batches + 1)
        count, over = count + part.count, part.over
        await asyncio.sleep(0)
    return count


async def taken_on(context: Context, owner: str) -> Job | None:
    """A job that nobody is at, if there is one. What was announced and never begun lapses."""

    async def work(tx: Transaction) -> Job | None:
        jobs.lapse(tx)
        return await jobs.claim(tx, owner)

    return await context.graph.write(work, WORK, sees_hidden=True)


async def next_part(context: Context, job: Job, owner: str) -> Part:
    """Does the next part of a job, and ends the job with the last. One that brings back what was deleted turns round
    where something no longer fits."""

    async def work(tx: Transaction) -> Part:
        return await noted(tx, await PARTS[job.kind](tx, context, job))

    async def noted(tx: Transaction, part: Part) -> Part:
        await jobs.step(tx, job, owner, part, context.now)
        return part

    unseen = job.kind in UNSEEN
    try:
        return await context.graph.write(work, WORK, BATCH_SECONDS, sees_hidden=unseen)
    except PASSING:
        raise
    except (GraphError, Refused) as error:
        part = turned(job, told(error)) if job.kind is JobKind.RESTORE else None
        if part is None:
            raise
        turn = part
        return await context.graph.write(lambda tx: noted(tx, turn), WORK, sees_hidden=unseen)


async def failed(context: Context, job: Job, owner: str, why: str) -> None:
    """Notes why a job failed."""

    async def work(tx: Transaction) -> None:
        await jobs.fail(tx, job, owner, why, context.now)

    await context.graph.write(work, WORK)


async def cancel_job(context: Context, id: JobId) -> Done:
    """Cancels a job: what was looked for and found stays; what has come back, and nobody has seen, goes again, part by
    part. Raises Refused: a deletion is not cancelled, nor what is seen already."""
    permit(context.viewer, DEED)

    async def work(tx: Transaction) -> Outcome:
        found = await jobs.locked(tx, id)
        if found is None:
            raise Refused(NotFound(path=("job",)))
        job, state = found
        part = cancelled(job) if state in UNDER_WAY else None
        if part is None:
            raise Refused(NotUnderWay(path=("job",), state=state.value))
        await jobs.cancel(tx, id, part, context.now)
        return Outcome([id], [])

    done = await perform(context, DEED, work)
    context.job_made.set()
    return done
