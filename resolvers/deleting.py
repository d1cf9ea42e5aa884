"""Deleting and erasing: planned, then done exactly so (SPEC 8.1 to 8.3, 8.5)."""

from collections.abc import Sequence
from dataclasses import replace

from domain.cases import Case, closed, fields
from domain.delete_tokens import Asked, asked_by, is_many
from domain.deleting import Deletion, Rule, leaving, plan_delete
from domain.doomed import DEFINITIONS, Facts, Thing
from domain.ids import OperationId, PartyId, new_job_id, new_operation_id
from domain.jobs import Job, JobKind
from domain.operations import Change, differing
from domain.parties import CUSTOMERS, PartyKind
from domain.recording import changes
from domain.refusals import DeletePlanChanged, InvalidValue, Refused, demand
from domain.sessions import Ending
from graphdb import definitions, deleting, jobs, operations, relationships, sessions
from graphdb.errors import Gone
from graphdb.graph import Transaction
from resolvers import erasing
from resolvers.access import permit, wrong_team
from resolvers.announcing import announced
from resolvers.context import Context
from resolvers.doomed import facts
from resolvers.operations import Done, Outcome, Work, earlier, perform
from resolvers.relationships import cascade
from resolvers.sweeping import hide
from resolvers.withdrawing import withdrawn

DELETE, ERASE, USERS = "delete", "erase", "createInternalUser"
SIGN_IN = frozenset({PartyKind.CONSUMER, PartyKind.INTERNAL_USER})


async def plan_deleting(context: Context, asked: Asked) -> Deletion:
    """What deleting a record, or erasing it, would take, and what is in the way; nothing is done. Raises Refused."""
    demand_permission(context, asked)

    async def work(tx: Transaction) -> Deletion:
        return await planned(tx, context, asked)

    return await context.graph.read(work, "deletePlan")


def demand_permission(context: Context, asked: Asked) -> None:
    """Raises Refused where the viewer may not delete a record: who is of the staff is administrators' to say, and so is
    what is gone for good (5.7)."""
    permit(context.viewer, ERASE if asked.erase else DELETE)
    if Thing.of(asked.id) is Thing.INTERNAL_USER:
        permit(context.viewer, USERS)


async def planned(tx: Transaction, context: Context, asked: Asked) -> Deletion:
    """The plan, of what there is now. Raises Refused with NotFound, and for a TEAM relationship of the viewer's own."""
    found = await facts(tx, asked, context.today)
    await demand_team(tx, context, found)
    return plan_delete(asked, found, context.viewer.id)


async def demand_team(tx: Transaction, context: Context, found: Facts) -> None:
    """Raises Refused where a TEAM relationship is to be deleted that is not the viewer's to end (5.7)."""
    if found.root.thing is Thing.RELATIONSHIP:
        types = (await definitions.stored(tx)).types
        demand([no for r in found.relationships for no in wrong_team(context.viewer, types[r.type], r.source, "id")])


async def delete(context: Context, token: str) -> Done:
    """Does what the plan that a token names would do, all of it or nothing; answers the id of what was asked for.

    Raises Refused: with the new plan where it is another by now, and with all that is in the way.
    """
    asked = asked_by(token)
    if asked is None:
        permit(context.viewer, DELETE)
        raise Refused(InvalidValue(path=("token",), reason="is no plan's"))
    demand_permission(context, asked)
    deed, id = ERASE if asked.erase else DELETE, new_operation_id()

    async def work(tx: Transaction) -> Outcome:
        return await done(tx, context, asked, token, id)

    if not is_many(token):
        made = await performed(context, asked, token, deed, work, id)
        context.job_made.set()  # where there is one, of erasing
        return made
    return await earlier(context, deed) or await begun(context, asked, token, id)


async def performed(context: Context, asked: Asked, token: str, deed: str, work: Work, id: OperationId) -> Done:
    """Does a deletion's work; of a definition once nothing new can use it. Raises Refused."""
    if Thing.of(asked.id) in DEFINITIONS:
        return await withdrawn(context, asked, token, deed, work, id)
    return await perform(context, deed, work, id=id)


async def begun(context: Context, asked: Asked, token: str, id: OperationId) -> Done:
    """Takes what is to be deleted out of sight, and makes the job that deletes it; answers the ids of both. Raises
    Refused, and TooSlow."""
    job = Job(new_job_id(), JobKind.DELETE, id, asked.id)

    async def work(tx: Transaction) -> Outcome:
        await jobs.demand_alone(tx, id, restoring=False)
        found = await locked(tx, context, asked)
        await demand_team(tx, context, found)
        demand_same(plan_delete(asked, found, context.viewer.id), token)
        told = await without_own_cases(tx, context, asked, found, id)
        end_sessions(tx, context, found)
        told += await hide(tx, found, id)
        jobs.create(tx, job, context.now, context.viewer.id)
        return Outcome([asked.id, job.id], told)

    async def announce(tx: Transaction) -> None:
        await jobs.announce(tx, id)

    async def do() -> Done:
        return await performed(context, asked, token, DELETE, work, id)

    return await announced(context, DELETE, id, announce, do)


async def done(tx: Transaction, context: Context, asked: Asked, token: str, by: OperationId) -> Outcome:
    """Locks what goes, looks at the plan again, and does it; answers what was asked for, and the job where one goes on
    erasing, and what the history keeps."""
    found = await locked(tx, context, asked)
    await demand_team(tx, context, found)
    plan = demand_same(plan_delete(asked, found, context.viewer.id), token)
    told = await without_relationships(tx, context, found, plan)
    told += await without_cases(tx, context, found, plan, by)
    gone = [party.id for party in found.parties]
    end_sessions(tx, context, found)
    told += [Change(party.id, party.id, {"name": party.name}, None) for party in found.parties]
    await deleting.keep(tx, gone, plan.of(Rule.CLOSED_CASE, Rule.OPEN_CASE, Rule.OPEN_CASE_CLOSED), by)
    if found.root.thing in DEFINITIONS and not found.root.kept:
        await deleting.keep_definition(tx, found.root.thing, found.root.id, by)
        told.append(Change(found.root.id, None, {"code": found.root.code, "name": found.root.name}, None))
    if not asked.erase:
        return Outcome([asked.id], told)
    people = erased_parties(found, plan)
    told = await erased(tx, found, plan, people, told)
    return Outcome([asked.id, *await erasing.begin(tx, context, by, people)], told)


def end_sessions(tx: Transaction, context: Context, found: Facts) -> None:
    """Signs those out who go."""
    for party in found.parties:
        if PartyKind.of(party.id) in SIGN_IN:
            sessions.end_all(tx, party.id, context.now, Ending.STATUS)


def demand_same(plan: Deletion, token: str) -> Deletion:
    """The plan, if it is the one of the token and nothing is in its way. Raises Refused."""
    if plan.token != token:
        raise Refused(DeletePlanChanged(path=("token",), plan=plan))
    demand([replace(blocker, path=("token",)) for blocker in plan.blockers])
    return plan


async def locked(tx: Transaction, context: Context, asked: Asked) -> Facts:
    """What a deletion rests on, once all that could change it is locked: whoever relates one of the parties, changes
    one of the relationships, or opens a case of a customer waits. Raises Refused.

    What to lock is read first, and then read again; whatever comes up only then is locked as well.
    """
    held = set[PartyId]()
    while True:
        found = await facts(tx, asked, context.today)
        if found.root.deleted_by:  # what was deleted may be restored at the same moment
            await operations.lock(tx, OperationId(found.root.deleted_by))
            return await facts(tx, asked, context.today)
        ends = {end for r in (*found.relationships, *found.housed) for end in (r.source, r.target)}
        wanted = {party.id for party in found.parties}
        if not found.many:  # else all of it is out of sight at once, and read again by whoever removes it
            wanted |= {end for end in ends if PartyKind.of(end) in CUSTOMERS}
            wanted |= {PartyId(c.customer) for c in found.cases}
        if wanted <= held:
            return found
        await relationships.lock(tx, [], sorted(wanted))
        held |= wanted


async def without_relationships(tx: Transaction, context: Context, found: Facts, plan: Deletion) -> list[Change]:
    """Removes the relationships that go, and what is over within households by that; what the history keeps."""
    made = await relationships.remove(tx, [r.id for r in found.relationships])
    if len(made) < len(found.relationships):
        raise Gone("A relationship was removed meanwhile.")
    told = [change for r in found.relationships for change in changes(r, None, made[r.id])]
    return [*told, *await cascade(tx, context, leaving(found))]


async def without_cases(
    tx: Transaction, context: Context, found: Facts, plan: Deletion, by: OperationId
) -> list[Change]:
    """Lets go of the cases that stay; what the history keeps of these and of those that go."""
    gone, released, told = {party.id for party in found.parties}, dict[str, dict[str, object]](), list[Change]()
    closing = set(plan.of(Rule.OPEN_CASE_CLOSED))
    for this_case in found.cases:
        if this_case.customer in gone:
            last = closed(this_case, context.now) if this_case.id in closing else this_case
            told.append(Change(this_case.id, this_case.customer, dict(fields(last)), None))
        else:
            after = let_go(this_case, gone)
            old, new = differing(fields(this_case), fields(after))
            released[this_case.id] = new
            told.append(Change(this_case.id, this_case.customer, old, new))
    await deleting.release(tx, released, context.now)
    return told


async def without_own_cases(
    tx: Transaction, context: Context, asked: Asked, found: Facts, by: OperationId
) -> list[Change]:
    """Keeps the cases of a customer who goes; what the history keeps. Cases that stay are let go of by the job."""
    gone = {party.id for party in found.parties}
    own = replace(found, cases=[this_case for this_case in found.cases if this_case.customer in gone])
    told = await without_cases(tx, context, own, plan_delete(asked, own, context.viewer.id), by)
    await deleting.keep(tx, [], [this_case.id for this_case in own.cases], by)
    return told


def let_go(this_case: Case, gone: set[PartyId]) -> Case:
    """A case without whom it names of those that go."""
    household = None if this_case.household in gone else this_case.household
    return replace(this_case, household=household, assignee=None if this_case.assignee in gone else this_case.assignee)


def erased_parties(found: Facts, plan: Deletion) -> list[PartyId]:
    """Who is erased: those who go, and those who were deleted before."""
    ids = [plan.root.id, *(party.id for party in found.parties), *plan.of(Rule.KEPT)]
    return [PartyId(id) for id in dict.fromkeys(ids) if PartyKind.of(id)]


async def erased(
    tx: Transaction, found: Facts, plan: Deletion, people: Sequence[PartyId], told: list[Change]
) -> list[Change]:
    """Removes for good what was kept just now, or before, and empties what operations tell of it; what is kept of that:
    no values, of what was asked for nothing but that it was, and of others that something of theirs is gone."""
    cases = plan.of(Rule.CLOSED_CASE, Rule.OPEN_CASE, Rule.OPEN_CASE_CLOSED)
    await deleting.erase(tx, [*dict.fromkeys([plan.root.id, *people, *cases, *plan.of(Rule.KEPT)])])
    await deleting.erase_changes(tx, people, found.relationships)
    others = [change for change in told if change.party not in people and change.party is not None]
    return [
        Change(plan.root.id, None, {}, None),
        *(replace(change, old={} if change.new is None else change.old) for change in others),
    ]
