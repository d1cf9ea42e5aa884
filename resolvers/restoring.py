"""Restoring what an operation removed or changed: planned, then done exactly so (SPEC 8.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from domain.cases import fields
from domain.ids import CaseId, OperationId, RelationshipId, prefix_of
from domain.leaving import memberships
from domain.operations import Change, as_text, as_values
from domain.parties import CUSTOMERS, PartyKind
from domain.recording import changes, recorded
from domain.refusals import InvalidValue, NotFound, PlanChanged, Refused, demand
from domain.relationships import Known, NewRelationship, Relationship
from domain.restoring import (
    Deed,
    Done,
    Kept,
    Now,
    Restoration,
    is_relationship,
    plan_restore,
    returning,
    unrestorable,
    wanted,
)
from domain.within import Places
from graphdb import cases, deleting, households, operations, relationships
from graphdb.errors import Gone
from graphdb.graph import BATCH_SECONDS, Transaction
from resolvers.access import permit, wrong_team
from resolvers.context import Context
from resolvers.households import ends_of
from resolvers.operations import Done as Answer
from resolvers.operations import Outcome, perform
from resolvers.recalling import begun, plan_many
from resolvers.relationships import cascade, written
from resolvers.surroundings import surroundings

DEED, USERS = "restore", "createInternalUser"
CASE = "case"
MOST_TOLD = 1_000


@dataclass(frozen=True)
class Facts:
    """What restoring an operation rests on; where it cannot be restored at all that says why, and nothing is known.
    `housed` is made within the households of memberships among it, `places` has who is a member of these."""

    done: Done
    now: Mapping[str, Now]
    known: Known
    kept: Mapping[str, Kept] = field(default_factory=dict)
    cases: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    housed: Sequence[Relationship] = ()
    places: Places = field(default_factory=lambda: Places(date.min))

    def plan(self, context: Context, leave_out: Sequence[str] = ()) -> Restoration:
        """The plan, without some records."""
        if problems := unrestorable(self.done, context.now, context.undo_days):
            return Restoration(self.done.id, (), (), tuple(problems), ())
        ends = {id: end for id, end in self.known.ends.items() if id not in leave_out or id not in self.kept}
        back = returning(self.done, self.kept, self.cases, leave_out)
        plan = plan_restore(self.done, self.now, replace(self.known, ends=ends), leave_out, back)
        return plan if plan.problems else plan.settled(self.housed, self.places, self.known.types)


class Many(Exception):
    """Raised where a job did what is to be restored."""

    def __init__(self, done: Done) -> None:
        super().__init__(done.id)
        self.done = done


class Planned(Exception):
    """Raised to take back what a plan had to bring back so that the rest could be judged beside it."""

    def __init__(self, plan: Restoration) -> None:
        super().__init__(plan.operation)
        self.plan = plan


async def plan_restoring(context: Context, id: OperationId) -> Restoration:
    """What restoring an operation would do, and what is in its way; nothing is done. Raises Refused with NotFound."""
    permit(context.viewer, DEED)

    async def work(tx: Transaction) -> None:
        try:
            raise Planned((await facts(tx, context, id, lock=False)).plan(context))
        except Many as many:
            raise Planned(await plan_many(tx, context, many.done)) from many

    try:
        await context.graph.write(work, "restorePlan", BATCH_SECONDS)
    except Planned as planned:
        return planned.plan
    raise AssertionError("a plan is never done")


async def restore(context: Context, id: OperationId, token: str | None, leave_out: Sequence[str]) -> Answer:
    """Brings back what an operation removed, ended or changed, all of it or nothing, but what is to be left out.

    With a token it is done as in that plan, or refused with the new one. What a job has deleted another brings back;
    then its id is all that is answered. Raises Refused with all that is in its way, and TooSlow.
    """
    permit(context.viewer, DEED)

    async def work(tx: Transaction) -> Outcome:
        await operations.lock(tx, id)
        found = await facts(tx, context, id, lock=True)
        if any(PartyKind.of(record) is PartyKind.INTERNAL_USER for record in found.done.records):
            permit(context.viewer, USERS)
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
        away = [record for record in leave_out if record in found.kept]
        parties = [record for record in away if PartyKind.of(record)]
        await deleting.keep(tx, parties, [record for record in away if prefix_of(record) == CASE], id)
        types = found.known.types
        demand([no for r in plan.become for no in wrong_team(context.viewer, types[r.type], r.source, "operation")])
        told = await apply(tx, context, found, plan)
        return Outcome([relationship.id for relationship in plan.become[:MOST_TOLD]], told)

    try:
        try:
            return await perform(context, DEED, work, undoes=id, seconds=BATCH_SECONDS)
        except Many:
            return await begun(context, id, token, leave_out)
    except Refused as refused:
        names = {"operation": "token"} if token else {}
        raise Refused(*(refusal.renamed(names) for refusal in refused.refusals)) from refused


async def facts(tx: Transaction, context: Context, id: OperationId, *, lock: bool) -> Facts:
    """What restoring an operation rests on, under the locks of all that it touches where it is to be done.

    Records that were kept out of sight are brought back first, so that the rest is judged beside them; a plan takes
    that back again. Raises Refused with NotFound, and Many.
    """
    done = await operations.done(tx, id)
    if done is None:
        raise Refused(NotFound(path=("operation",)))
    if done.in_parts:
        raise Many(done)
    if unrestorable(done, context.now, context.undo_days):
        return Facts(done, {}, Known(types={}, responsibilities=(), ends={}))
    gone = [id for id, (_, new) in done.records.items() if new is None and not is_relationship(id)]
    await deleting.lock_survivors(tx, [record for record in gone if PartyKind.of(record) in CUSTOMERS], id)
    kept = await deleting.kept(tx, gone, id)
    if not any(one.taken for one in kept.values()):
        await deleting.bring_back(tx, list(kept), id)
    # What there is now tells what to lock; read once more under the locks, it is what is decided by.
    found, _ = wanted(done, await stored(tx, done))
    drafts: list[NewRelationship] = [one.draft for one in found if one.draft]
    known = await surroundings(tx, drafts, {}, context.today, lock=lock)
    stayed = [id for id, (_, new) in done.records.items() if new is not None and prefix_of(id) == CASE]
    now = await stored(tx, done)
    pairs = memberships([*drafts, *(one.relationship for one in now.values())])
    housed = await households.within(tx, pairs) if pairs else []
    places = Places(context.today, await households.places(tx, [*pairs, *ends_of(housed)]) if housed else ())
    return Facts(done, now, known, kept, await cases_now(tx, stayed), housed, places)


async def cases_now(tx: Transaction, ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """The fields of cases as an operation would record them, once nobody else changes them; those that there are."""
    found = [await cases.locked(tx, CaseId(id)) for id in ids]
    return {one.id: as_values(as_text(fields(one))) or {} for one in found if one}


async def stored(tx: Transaction, done: Done) -> dict[str, Now]:
    """Those of an operation's relationships that there are now."""
    there = await relationships.stored_all(
        tx,
        [RelationshipId(id) for id, (_, new) in done.records.items() if new is not None and is_relationship(id)],
    )
    return {found.id: Now(found, recorded(found) or {}) for found in there}


async def apply(tx: Transaction, context: Context, found: Facts, plan: Restoration) -> list[Change]:
    """Does what a plan says, and what follows of memberships; answers what the history keeps of it."""
    types, told = found.known.types, beside(found, plan)
    await deleting.release(tx, plan.back.cases, context.now)
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


def beside(found: Facts, plan: Restoration) -> list[Change]:
    """What the history keeps of records other than relationships that come back, and of cases that are as they were."""
    told = list[Change]()
    for id in plan.back.records:
        old = found.done.records[id][0] or {}
        told.append(Change(id, id if PartyKind.of(id) else old.get("customer"), None, old))
    for id, before in plan.back.cases.items():
        now = found.cases[id]
        told.append(Change(id, now["customer"], {name: now[name] for name in before}, before))
    return told
