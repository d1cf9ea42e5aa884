"""Restoring what a job has deleted: planned, and begun as a job (SPEC 8.2, 8.5)."""

from collections.abc import Collection, Sequence

from domain.doomed import Thing
from domain.ids import OperationId, new_job_id, new_operation_id
from domain.internal_users import Role
from domain.jobs import Job, JobKind
from domain.refusals import AlreadyTaken, InvalidValue, NotFound, PlanChanged, Refusal, Refused, demand
from domain.relationships import Known
from domain.restoring import Deed, Done, Record, Restoration, is_relationship, shown, unrestorable, wanted
from domain.restoring import returning as coming_back
from domain.returning import Records, ends_of, gone_with, misfits, part_of
from graphdb import definitions, deleting, jobs, operations, parties, returning
from graphdb.errors import NotUnique
from graphdb.graph import BATCH_SECONDS, Transaction
from resolvers.access import permit, wrong_team
from resolvers.announcing import announced
from resolvers.context import Context
from resolvers.operations import Done as Answer
from resolvers.operations import Outcome, perform
from resolvers.returning import there

DEED, USERS = "restore", "createInternalUser"
LOOKED_THROUGH = 25
"""So many parts of what was removed a plan looks through."""
MOST_TOLD, MOST_PROBLEMS = 1_000, 100


async def plan_many(
    tx: Transaction, context: Context, done: Done, leave_out: Collection[str] = frozenset()
) -> Restoration:
    """The plan of bringing back what a job has deleted, without some relationships.

    What is in its way is told as far as it can be known at once: whether the first 100,000 relationships fit their
    types and ends; the job finds the rest.
    """
    if problems := unrestorable(done, context.now, context.undo_days):
        return Restoration(done.id, (), (), tuple(problems), (), many=0)
    removed = await returning.removed(tx, done.id)
    whole = part_of(done, {change.record: (change.old, None) for change in removed})
    kept = await deleting.kept(tx, list(whole.records), done.id)
    back, problems = coming_back(whole, kept, {})
    told = [Record(id, Deed.REMOVED, None, None, None) for id in back.records]
    can_leave_out = list[str]()
    if not problems:
        more, problems = await looked_through(tx, whole, MOST_TOLD - len(told), leave_out)
        told += more
        can_leave_out = list(dict.fromkeys(problem.path[0] for problem in problems))
    count = await returning.extent(tx, done.id) - len(leave_out)
    records = tuple(told[:MOST_TOLD])
    return Restoration(done.id, (), (), tuple(problems), tuple(can_leave_out), records, back, many=count)


async def looked_through(
    tx: Transaction, done: Done, most: int, leave_out: Collection[str]
) -> tuple[list[Record], list[Refusal]]:
    """Some of the relationships that come back, and which of those looked through do not fit."""
    told, problems, place = list[Record](), list[Refusal](), 0
    async with there(tx, done, gone_with(done.records)[0]):
        for _ in range(LOOKED_THROUGH):
            pack = await returning.next_pack(tx, done.id, place)
            if pack is None or len(problems) >= MOST_PROBLEMS:
                break
            place = pack[0]
            records = {id: row for id, row in pack[1].items() if id not in leave_out}
            known = await known_of(tx, records)
            found, wrong = misfits(part_of(done, records), known)
            problems += wrong
            told += [shown(one, {}, known, done.records.keys()) for one in found[: max(0, most - len(told))]]
    return told, problems[:MOST_PROBLEMS]


async def known_of(tx: Transaction, records: Records) -> Known:
    """The types and ends of relationships, and nothing else."""
    defined = await definitions.stored(tx)
    ends = await parties.ends(tx, sorted(ends_of(records)))
    return Known(types=defined.types, responsibilities=defined.responsibilities, ends=ends)


async def begun(context: Context, id: OperationId, token: str | None, leave_out: Sequence[str]) -> Answer:
    """Makes the job that brings back what another has deleted, but what is to be left out; answers its id.

    Until all is back it is out of sight, as what is being deleted. Raises Refused, and TooSlow.
    """
    by = new_operation_id()
    job = Job(new_job_id(), JobKind.RESTORE, by, id)

    async def work(tx: Transaction) -> Outcome:
        await operations.lock(tx, id)
        await jobs.demand_alone(tx, by, restoring=True)
        done, plan = await demanded(tx, context, id, token, leave_out)
        await hide(tx, done, by)
        await returning.leave_out(tx, by, leave_out)
        jobs.create(tx, job, context.now, context.viewer.id)
        await jobs.counted(tx, job.id, plan.count)
        return Outcome([job.id], [])

    async def announce(tx: Transaction) -> None:
        await demanded(tx, context, id, token, leave_out)
        await jobs.announce(tx, by, restores=id)

    async def do() -> Answer:
        return await perform(context, DEED, work, undoes=id, id=by, seconds=BATCH_SECONDS)

    try:
        return await announced(context, DEED, by, announce, do)
    except NotUnique as error:  # somebody else was given it at this moment
        raise Refused(AlreadyTaken(path=("operation", error.property))) from error


async def demanded(
    tx: Transaction, context: Context, id: OperationId, token: str | None, leave_out: Sequence[str]
) -> tuple[Done, Restoration]:
    """The operation to be undone and the plan, if nothing is in its way. Raises Refused."""
    done = await operations.done(tx, id)
    if done is None:
        raise Refused(NotFound(path=("operation",)))
    if done.answer and Thing.of(done.answer[0]) is Thing.INTERNAL_USER:
        permit(context.viewer, USERS)
    plan = await plan_many(tx, context, done)
    if token not in (None, plan.token):
        raise Refused(PlanChanged(path=("token",), plan=plan))
    demand(
        [
            InvalidValue(path=("leaveOut", str(index)), reason="is nothing that can be left out")
            for index, record in enumerate(leave_out)
            if not is_relationship(record)
        ]
    )
    if leave_out:
        plan = await plan_many(tx, context, done, frozenset(leave_out))
    demand(plan.problems)
    if Role.ADMIN not in context.viewer.roles:
        await demand_team(tx, context, done)
    return done, plan


async def demand_team(tx: Transaction, context: Context, done: Done) -> None:
    """Raises Refused where a TEAM relationship comes back that is not the viewer's to give (5.7)."""
    place, own = 0, f'"source": "{context.viewer.id}"'
    async with there(tx, done, []):
        types = (await definitions.stored(tx)).types
    while pack := await returning.next_pack(tx, done.id, place, own):
        place, records = pack
        drafts = [one.draft for one in wanted(part_of(done, records), {})[0] if one.draft]
        typed = [(types[draft.type], draft.source) for draft in drafts if draft.type in types]
        demand([no for type, source in typed for no in wrong_team(context.viewer, type, source, "operation")])


async def hide(tx: Transaction, done: Done, by: OperationId) -> None:
    """Hides what is to come back, of which nothing is there yet, and takes its code. Raises TooSlow."""
    (root, *_) = done.answer
    kind = Thing.of(root)
    async with there(tx, done, []):
        found = await deleting.root(tx, root)
    code = found.code if found else None
    await jobs.hide(
        tx,
        by,
        type=code if kind is Thing.RELATIONSHIP_TYPE else None,
        responsibility=code if kind is Thing.RESPONSIBILITY else None,
        household=root if kind is Thing.HOUSEHOLD else None,
    )
