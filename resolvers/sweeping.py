"""Deleting many records: out of sight in one transaction, then gone in parts, as a job (SPEC 8.2, 8.4)."""

from collections.abc import Sequence
from dataclasses import replace

from domain.cases import Case, fields
from domain.doomed import DEFINITIONS, Facts, Thing
from domain.ids import OperationId
from domain.jobs import Job, JobKind, Part
from domain.operations import Change, differing
from domain.recording import recorded, remembered
from domain.relationship_types import ANSWERABLE, EDGES
from domain.relationships import Removed
from graphdb import deleting, jobs, operations
from graphdb.graph import Transaction
from resolvers.context import Context
from resolvers.waiting import WORK, earlier_ended

AT_ONCE = 4_000


async def hide(tx: Transaction, found: Facts, by: OperationId) -> list[Change]:
    """Takes out of sight what a deletion of many records takes: the record asked for, and what parties go with it;
    answers what the history keeps of these. Their relationships are hidden by that, and go in parts."""
    root, kind = found.root, found.root.thing
    await deleting.hide(tx, [party.id for party in found.parties], by)
    told = [Change(party.id, party.id, {"name": party.name}, None) for party in found.parties]
    if kind in DEFINITIONS:
        await deleting.keep_definition(tx, kind, root.id, by)
        told.append(Change(root.id, None, {"code": root.code, "name": root.name}, None))
    await jobs.hide(
        tx,
        by,
        type=root.code if kind is Thing.RELATIONSHIP_TYPE else None,
        responsibility=root.code if kind is Thing.RESPONSIBILITY else None,
        household=root.id if kind is Thing.HOUSEHOLD else None,
    )
    return told


async def prepared(context: Context, job: Job) -> None:
    """Waits until nobody is left who had begun to read before all was out of sight; counts what is to go."""
    await earlier_ended(context)
    if job.kind is not JobKind.DELETE or job.batches or not job.operation or not job.record:
        return
    operation, parties = job.operation, Thing.of(job.record) not in (*DEFINITIONS, Thing.HOUSEHOLD)

    async def count(tx: Transaction) -> None:
        if parties:
            await jobs.counted(tx, job.id, await deleting.left(tx, operation))

    await context.graph.write(count, WORK, sees_hidden=True)


async def sweep(tx: Transaction, context: Context, job: Job) -> Part:
    """Removes the next of what a job's operation has hidden; what was removed is kept in one node. With the last part
    nothing is hidden any more."""
    assert job.operation
    assert job.record
    if Thing.of(job.record) in DEFINITIONS:
        part = await of_definition(tx, job, job.operation, job.record)
        if not part.over:
            return part
    rows = await deleting.take_within(tx, job.operation, AT_ONCE)
    rows = rows or await deleting.take_of_deleted(tx, job.operation, AT_ONCE)
    if rows:
        return await removed(tx, job, job.operation, rows, job.cursor)
    return await released(tx, context, job, job.operation)


async def of_definition(tx: Transaction, job: Job, by: OperationId, id: str) -> Part:
    """Removes the next relationships of a type, or with a responsibility; the cursor is an edge type and an id.

    None of them is a place in a household, on which others rest: these are of a built-in type.
    """
    root = await deleting.root(tx, id)
    assert root is not None
    assert root.code
    edges = [root.edge] if root.edge else sorted(EDGES[category] for category in ANSWERABLE)
    type, responsibility = (root.code, None) if root.edge else (None, root.code)
    at, _, after = job.cursor.partition(":")
    for edge in edges[edges.index(at) if at else 0 :]:
        last = after if edge == at else ""
        if rows := await deleting.take_of_definition(tx, edge, type, responsibility, last, AT_ONCE):
            return await removed(tx, job, by, rows, f"{edge}:{rows[-1].relationship.id}")
    return Part(0, job.cursor, over=True)


async def removed(tx: Transaction, job: Job, by: OperationId, rows: list[Removed], cursor: str) -> Part:
    """Keeps relationships that were removed just now as a change keeps one."""
    changes = [
        Change(one.id, None, {**(recorded(one) or {}), **remembered(one, row.made)}, None)
        for row in rows
        for one in [row.relationship]
    ]
    operations.pack(tx, by, changes, job.batches + 1)
    return Part(len(rows), cursor)


async def released(tx: Transaction, context: Context, job: Job, by: OperationId) -> Part:
    """Lets the next cases go that name a household, or somebody of the staff, who is deleted."""
    found = await deleting.next_cases(tx, by, AT_ONCE)
    if not found:
        await jobs.reveal(tx, by)
        return Part(0, job.cursor, over=True)
    operations.add(tx, by, await let_go(tx, context, found))
    return Part(len(found), job.cursor)


async def let_go(tx: Transaction, context: Context, found: Sequence[tuple[Case, str]]) -> list[Change]:
    """Lets cases go that name a household, or somebody of the staff, who is deleted; what the history keeps."""
    told, after = list[Change](), dict[str, dict[str, object]]()
    for this_case, gone in found:
        left = replace(
            this_case,
            household=None if this_case.household == gone else this_case.household,
            assignee=None if this_case.assignee == gone else this_case.assignee,
        )
        old, new = differing(fields(this_case), fields(left))
        after[this_case.id] = new
        told.append(Change(this_case.id, this_case.customer, old, new))
    await deleting.release(tx, after, context.now)
    return told
