"""Jobs in the graph: made, taken on by one process at a time, ended; and what hides what they remove."""

from collections.abc import Collection, Sequence
from datetime import datetime

from domain.ids import JobId, OperationId
from domain.jobs import CANCELLED, WHOLE, Job, JobKind, JobState, Part
from graphdb.errors import GraphError, NotUnique, TooSlow
from graphdb.graph import Row, Transaction

LEASE_SECONDS = 90
"""After so long without a word from whoever is at a job another may take it on; each part of it takes less."""
ANNOUNCED_SECONDS = 60
"""So long something may be announced before it is hidden."""


class LeaseLost(GraphError):
    """The job was cancelled, or somebody else has taken it on meanwhile; nothing of this part was done."""

    code = "LEASE_LOST"


def create(tx: Transaction, job: Job, at: datetime, by: str) -> None:
    """Makes a job, for whoever takes it on first."""
    about = {"operation": job.operation, "record": job.record, "cursor": job.cursor}
    tx.does("jobs/create", id=job.id, kind=job.kind.value, **about, at=at, by=by)


async def claim(tx: Transaction, owner: str) -> Job | None:
    """Takes on a job that nobody is at, None if there is none."""
    rows = await tx.rows("jobs/claim", owner=owner, seconds=LEASE_SECONDS)
    return as_job(rows[0]["job"]) if rows else None


async def counted(tx: Transaction, id: JobId, total: int) -> None:
    """Notes how many records a job has to do."""
    await tx.rows("jobs/counted", id=id, total=total)


async def step(tx: Transaction, job: Job, owner: str, part: Part, at: datetime) -> None:
    """Notes how far a job has come, and ends it with the last part. Raises LeaseLost where it is another's by now."""
    known = {"id": job.id, "owner": owner, "at": at}
    rows = await tx.rows(
        "jobs/step",
        **known,
        count=part.count,
        found=part.found,
        cursor=part.cursor,
        refusal=part.why,
        seconds=LEASE_SECONDS,
    )
    if not rows:
        raise LeaseLost("Somebody else is at this job.")
    if part.over:
        failed = JobState.CANCELLED if part.why == CANCELLED else JobState.FAILED
        state = failed if part.why else JobState.DONE
        await tx.rows("jobs/finish", **known, state=state.value, refusal=part.why)


async def fail(tx: Transaction, job: Job, owner: str, why: str, at: datetime) -> None:
    """Notes why a part of a job failed, and ends the job unless it must be done whole."""
    known = {"id": job.id, "owner": owner, "refusal": why, "at": at}
    if job.kind in WHOLE:
        await tx.rows("jobs/trouble", **known)
    else:
        await tx.rows("jobs/finish", **known, state=JobState.FAILED.value)


async def locked(tx: Transaction, id: JobId) -> tuple[Job, JobState] | None:
    """A job and where it stands, once nobody else goes on with it, None if there is none."""
    rows = await tx.rows("jobs/lock", id=id)
    return (as_job(rows[0]["job"]), JobState(rows[0]["job"]["state"])) if rows else None


async def cancel(tx: Transaction, id: JobId, part: Part, at: datetime) -> None:
    """Takes a locked job away from whoever is at it: it is cancelled, or goes on with a part that has it turn round."""
    state = JobState.CANCELLED if part.over else JobState.RUNNING
    await tx.rows("jobs/cancel", id=id, state=state.value, cursor=part.cursor, refusal=part.why, at=at)


async def others(tx: Transaction, but: Sequence[str]) -> frozenset[str]:
    """Which transactions of Kith's are open on this server, reading ones too, but those of some kinds of work."""
    return frozenset(row["id"] for row in await tx.rows("jobs/open_transactions", but=list(but)))


async def announce(tx: Transaction, by: OperationId, restores: OperationId | None = None) -> None:
    """Announces that an operation will hide something, which comes back if it `restores` what another has deleted:
    nobody who begins from now on reads but warily."""
    await tx.rows("hiding/announce", operation=by, restores=restores, seconds=ANNOUNCED_SECONDS)


def lapse(tx: Transaction) -> None:
    """Ends announcements whose time is over: while there is one, all is read warily."""
    tx.does("hiding/lapse")


async def withdraw(tx: Transaction, by: OperationId) -> None:
    """Takes back an announcement; nothing, where something was hidden."""
    await tx.rows("hiding/withdraw", operation=by)


async def hide(
    tx: Transaction, by: OperationId, *, type: str | None, responsibility: str | None, household: str | None
) -> None:
    """Hides relationships by what they have. Raises TooSlow where the announcement is over."""
    asked = {"type": type, "responsibility": responsibility, "household": household}
    if not await tx.rows("hiding/hide", operation=by, **asked):
        raise TooSlow("This took too long; try again.")


async def hides(tx: Transaction, by: OperationId) -> bool:
    """Whether what an operation has taken out of sight is not gone yet, or is coming back."""
    (row,) = await tx.rows("hiding/of_operation", operation=by)
    return bool(row["hiding"])


async def demand_alone(tx: Transaction, by: OperationId, *, restoring: bool) -> None:
    """Raises TooSlow where an operation may not hide anything yet: something else is coming back, which was judged by
    how things stood; or what is to come back would be judged beside what is not gone yet. Takes a lock, so that of two
    who begin at once one sees the other."""
    others = await tx.rows("hiding/others", operation=by)
    if any(restoring or other["restores"] for other in others):
        raise TooSlow("Many records are being brought back, or deleted; try again later.")


async def demand_none_returning(tx: Transaction) -> None:
    """Raises TooSlow while something is coming back: it was judged by the rules as they are."""
    (row,) = await tx.rows("hiding/returning")
    if row["returning"]:
        raise TooSlow("Many records are being brought back; try again later.")


async def demand_free(tx: Transaction, *, type: str | None = None, responsibility: str | None = None) -> None:
    """Raises NotUnique where a code is that of something that is out of sight: all that has it is."""
    if await tx.rows("hiding/of_code", type=type, responsibility=responsibility):
        raise NotUnique("code")


async def hold(tx: Transaction, by: OperationId, edges: Collection[str]) -> None:
    """Holds edge types over which cycles count, until all is back that an operation brings back."""
    if edges:
        await tx.rows("hiding/hold", operation=by, edges=sorted(edges))


async def reveal(tx: Transaction, by: OperationId) -> None:
    """Nothing is hidden by an operation any more, since nothing of it is left, or all of it is back."""
    await tx.rows("hiding/over", operation=by)


def as_job(node: Row) -> Job:
    """A stored job as the domain has it."""
    return Job(
        node["id"], JobKind(node["kind"]), node.get("operation"), node.get("record"), node["cursor"], node["batches"]
    )
