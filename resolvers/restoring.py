"""Restoring what an operation removed or changed: planned, then done exactly so (SPEC 8.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.ids import OperationId, RelationshipId
from domain.operations import Change
from domain.recording import changes, recorded
from domain.refusals import InvalidValue, NotFound, PlanChanged, Refused, demand
from domain.relationships import Known, NewRelationship
from domain.restoring import Deed, Done, Now, Restoration, plan_restore, unrestorable, wanted
from graphdb import operations, relationships
from graphdb.errors import Gone
from graphdb.graph import Transaction
from resolvers.access import permit, wrong_team
from resolvers.context import Context
from resolvers.operations import Done as Answer
from resolvers.operations import Outcome, perform
from resolvers.relationships import cascade, written
from resolvers.surroundings import surroundings

DEED = "restore"
MOST_TOLD = 1_000


@dataclass(frozen=True)
class Facts:
    """What restoring an operation rests on; where it cannot be restored at all that says why, and nothing is known."""

    done: Done
    now: Mapping[str, Now]
    known: Known

    def plan(self, context: Context, leave_out: Sequence[str] = ()) -> Restoration:
        """The plan, without some relationships."""
        if problems := unrestorable(self.done, context.now, context.undo_days):
            return Restoration(self.done.id, (), (), tuple(problems), ())
        return plan_restore(self.done, self.now, self.known, leave_out)


async def plan_restoring(context: Context, id: OperationId) -> Restoration:
    """What restoring an operation would do, and what is in its way; nothing is done. Raises Refused with NotFound."""
    permit(context.viewer, DEED)

    async def work(tx: Transaction) -> Restoration:
        return (await facts(tx, context, id, lock=False)).plan(context)

    return await context.graph.write(work, "restorePlan")


async def restore(context: Context, id: OperationId, token: str | None, leave_out: Sequence[str]) -> Answer:
    """Brings back what an operation removed, ended or changed, all of it or nothing, but what is to be left out.

    With a token it is done as in that plan, or refused with the new one. Raises Refused with all that is in its way.
    """
    permit(context.viewer, DEED)

    async def work(tx: Transaction) -> Outcome:
        await operations.lock(tx, id)
        found = await facts(tx, context, id, lock=True)
        whole = found.plan(context)
        if token not in (None, whole.token):
            raise Refused(PlanChanged(path=("token",), plan=whole))
        allowed = set(whole.can_leave_out)
        demand(
            [
                InvalidValue(path=("leaveOut", str(index)), reason="is nothing that can be left out")
                for index, record in enumerate(leave_out)
                if record not in allowed
            ]
        )
        plan = found.plan(context, leave_out)
        demand(plan.problems)
        types = found.known.types
        demand([no for r in plan.become for no in wrong_team(context.viewer, types[r.type], r.source, "operation")])
        told = await apply(tx, context, found, plan)
        return Outcome([relationship.id for relationship in plan.become[:MOST_TOLD]], told)

    try:
        return await perform(context, DEED, work, undoes=id)
    except Refused as refused:
        names = {"operation": "token"} if token else {}
        raise Refused(*(refusal.renamed(names) for refusal in refused.refusals)) from refused


async def facts(tx: Transaction, context: Context, id: OperationId, *, lock: bool) -> Facts:
    """What restoring an operation rests on, under the locks of all that it touches where it is to be done.

    Raises Refused with NotFound.
    """
    done = await operations.done(tx, id)
    if done is None:
        raise Refused(NotFound(path=("operation",)))
    if unrestorable(done, context.now, context.undo_days):
        return Facts(done, {}, Known(types={}, responsibilities=(), ends={}))
    # What there is now tells what to lock; read once more under the locks, it is what is decided by.
    found, _ = wanted(done, await stored(tx, done))
    drafts: list[NewRelationship] = [one.draft for one in found if one.draft]
    known = await surroundings(tx, drafts, {}, context.today, lock=lock)
    return Facts(done, await stored(tx, done), known)


async def stored(tx: Transaction, done: Done) -> dict[str, Now]:
    """Those of an operation's relationships that there are now."""
    there = await relationships.stored_all(
        tx, [RelationshipId(id) for id, (_, new) in done.records.items() if new is not None]
    )
    return {found.id: Now(found, recorded(found) or {}) for found in there}


async def apply(tx: Transaction, context: Context, found: Facts, plan: Restoration) -> list[Change]:
    """Does what a plan says, and what follows of memberships; answers what the history keeps of it."""
    types, told = found.known.types, list[Change]()
    going = [one.id for one in plan.wanted if one.deed is Deed.MADE]
    made = await relationships.remove(tx, going)
    for id in going:
        told += changes(found.now[id].relationship, None, made[id])
    stamps = {one.id: one.made for one in plan.wanted if one.made}
    for after in plan.become:
        if after.id in stamps:
            told += changes(None, after)
        else:
            told += await written(tx, context, found.now[after.id].relationship, after, types)
    again = [(after, stamps[after.id]) for after in plan.become if after.id in stamps]
    if await relationships.restore(tx, again, types, context.now) < len(again):
        raise Gone("A party was deleted meanwhile.")
    touched = [*plan.become, *(found.now[id].relationship for id in going)]
    return [*told, *await cascade(tx, context, touched)]
