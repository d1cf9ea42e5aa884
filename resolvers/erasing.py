"""Erasing what other operations have packed of somebody, as a job: all of it is looked through, part by part (SPEC
8.5)."""

from collections.abc import Sequence
from dataclasses import replace

from domain.erasing import Sweep
from domain.ids import OperationId, PartyId, new_job_id
from domain.jobs import Job, JobKind, Part
from graphdb import erasing, jobs
from graphdb.graph import Transaction
from resolvers.context import Context

AT_ONCE = 20
"""So much of what is packed is looked through at a time: of a megabyte each, with thousands of records."""


async def begin(tx: Transaction, context: Context, by: OperationId, parties: Sequence[PartyId]) -> list[str]:
    """Makes the job that erases what is packed of some parties; answers its id, nothing where nothing is packed."""
    if not parties or not await erasing.is_packed(tx):
        return []
    job = Job(new_job_id(), JobKind.ERASE, by, parties[0], Sweep(parties).cursor)
    jobs.create(tx, job, context.now, context.viewer.id)
    return [job.id]


async def next_erased(tx: Transaction, context: Context, job: Job) -> Part:
    """Looks through the next of what was packed, and erases the parties' values in it."""
    sweep, emptied = Sweep.of(job.cursor), 0
    found = await erasing.next_packs(tx, sweep, AT_ONCE)
    for operation, place, rows in found:
        left, count = sweep.emptied(rows)
        if count:
            await erasing.repack(tx, operation, place, left)
        sweep, emptied = replace(sweep, operation=operation, place=place), emptied + count
    return Part(emptied, sweep.cursor, over=not found)
