"""Bringing many records back, as a job: out of sight part by part, then seen all at once; or, where one no longer fits,
not at all (SPEC 8.2, 8.5)."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from domain.cases import fields
from domain.doomed import Thing
from domain.ids import OperationId, PartyId, RelationshipId
from domain.jobs import Job, Part
from domain.operations import Change, as_text, as_values
from domain.refusals import AlreadyTaken, demand
from domain.restoring import Done, plan_restore, wanted
from domain.restoring import returning as coming_back
from domain.returning import Phase, Records, Stage, back_with, ends_of, gone_with, of_phase, part_of
from graphdb import deleting, jobs, operations, relationships, returning
from graphdb.errors import Gone
from graphdb.graph import Transaction
from resolvers.context import Context
from resolvers.surroundings import surroundings
from resolvers.sweeping import let_go

AT_ONCE = 4_000
PLACES = '"target": "household_'
"""What a part has in it that has places in households, or who serves one."""


@dataclass(frozen=True)
class Return:
    """A job that brings back what an operation has `done`, by another; where it stands."""

    done: Done
    by: OperationId
    stage: Stage


async def come_back(tx: Transaction, context: Context, job: Job) -> Part:
    """Does the next part of bringing back what a job has deleted, or of taking away again what has come back.

    Raises Refused with what no longer fits.
    """
    assert job.operation
    done = await operations.done(tx, OperationId(job.record or ""))
    assert done
    this = Return(done, job.operation, Stage.of(job.cursor))
    return await PHASES[this.stage.phase](tx, context, this)


async def ties(tx: Transaction, context: Context, this: Return) -> Part:
    """Brings back relationships of the next part that the deletion has packed; places in households come first."""
    phase = this.stage.phase
    pack = await returning.next_pack(tx, this.done.id, this.stage.place, PLACES if phase is Phase.MEMBERS else "")
    if pack is None:
        return Part(0, this.stage.then(Phase.TIES if phase is Phase.MEMBERS else Phase.CASES).cursor)
    place, records = pack
    left_out = await returning.left_out(tx, this.by)
    some = {id: row for id, row in of_phase(records, phase).items() if id not in left_out}
    count = await related(tx, context, this, some) if some else 0
    return Part(count, this.stage.at(place).cursor)


async def related(tx: Transaction, context: Context, this: Return, records: Records) -> int:
    """Makes relationships again where all of them fit; answers how many. Raises Refused."""
    done = part_of(this.done, records)
    async with there(tx, done, ends_of(records)):
        drafts = [one.draft for one in wanted(done, {})[0] if one.draft]
        known = await surroundings(tx, drafts, {}, context.today)
        plan = plan_restore(done, {}, known)
        demand(plan.problems)
        types = known.types
        await jobs.hold(tx, this.by, {types[tie.type].edge for tie in plan.become if types[tie.type].acyclic})
        stamps = {one.id: one.made for one in plan.wanted}
        again = [(tie, made) for tie in plan.become if (made := stamps[tie.id])]
        if await relationships.restore(tx, again, types, context.now) < len(records):
            raise Gone("A party was deleted meanwhile.")
    return len(records)


@asynccontextmanager
async def there(tx: Transaction, done: Done, parties: Collection[PartyId]) -> AsyncIterator[None]:
    """Those of some parties that an operation has deleted, and the definition, are there as long as it takes to judge
    beside them; nobody else sees that, since it is taken back before the transaction ends. Raises Refused where a login
    or a code is another's by now."""
    definitions = back_with(done.answer)
    kept = await deleting.kept(tx, [*definitions, *parties], done.id)
    demand([AlreadyTaken(path=(id, name)) for id, one in kept.items() for name in one.taken])
    shown = await returning.show(tx, [party for party in parties if party in kept], done.id)
    await deleting.bring_back(tx, definitions, done.id)
    yield
    for id in definitions:
        thing = Thing.of(id)
        assert thing
        await deleting.keep_definition(tx, thing, id, done.id)
    await deleting.hide(tx, shown, done.id)


async def let_back(tx: Transaction, context: Context, this: Return) -> Part:
    """Gives the next cases that stayed whom they had named. Raises Refused."""
    changes = await returning.next_cases(tx, this.done.id, this.stage.after, AT_ONCE)
    if not changes:
        return Part(0, this.stage.then(Phase.ALL).cursor)
    found = await returning.cases(tx, [change.record for change in changes])
    now: dict[str, dict[str, Any]] = {one.id: as_values(as_text(fields(one))) or {} for one in found}
    done = part_of(this.done, {change.record: (change.old, change.new) for change in changes})
    back, problems = coming_back(done, {}, now)
    demand(problems)
    await deleting.release(tx, back.cases, context.now)
    return Part(len(changes), this.stage.at(changes[-1].record).cursor)


async def reveal(tx: Transaction, context: Context, this: Return) -> Part:
    """Brings back what was asked for, and what else went with it; from now on all of it is seen. Raises Refused."""
    removed = await returning.removed(tx, this.done.id)
    records: Records = {change.record: (change.old, None) for change in removed}
    kept = await deleting.kept(tx, list(records), this.done.id)
    demand(coming_back(part_of(this.done, records), kept, {})[1])
    parties, others = gone_with(records)
    await returning.show(tx, parties, this.done.id)
    await deleting.bring_back(tx, others, this.done.id)
    await jobs.reveal(tx, this.by)
    operations.add(tx, this.by, [Change(one.record, one.party, None, one.old) for one in removed])
    return Part(len(removed), this.stage.then(Phase.TELL).cursor)


async def tell(tx: Transaction, context: Context, this: Return) -> Part:
    """Writes down the next cases that have whom they had named."""
    changes = await returning.next_cases(tx, this.done.id, this.stage.after, AT_ONCE)
    if not changes:
        return Part(0, this.stage.then(Phase.FORGET).cursor)
    operations.add(tx, this.by, [Change(one.record, one.party, one.new, one.old) for one in changes])
    return Part(0, this.stage.at(changes[-1].record).cursor)


async def forget(tx: Transaction, context: Context, this: Return) -> Part:
    """Forgets some of what the deletion had packed."""
    return Part(0, this.stage.cursor, over=not await returning.forget(tx, this.done.id))


async def away(tx: Transaction, context: Context, this: Return) -> Part:
    """Takes relationships of the next part away again, as far as they have come back."""
    pack = await returning.next_pack(tx, this.done.id, this.stage.place)
    if pack is None:
        return Part(0, this.stage.then(Phase.RELEASE).cursor, why=this.stage.why)
    place, records = pack
    gone = await relationships.remove(tx, [RelationshipId(id) for id in records])
    return Part(-len(gone), this.stage.at(place).cursor, why=this.stage.why)


async def release(tx: Transaction, context: Context, this: Return) -> Part:
    """Lets the next cases go again; with the last, all is as it was before, and nothing was restored."""
    found = await deleting.next_cases(tx, this.done.id, AT_ONCE)
    if found:
        await let_go(tx, context, found)
        return Part(-len(found), this.stage.cursor, why=this.stage.why)
    await jobs.reveal(tx, this.by)
    await returning.not_restored(tx, this.done.id)
    return Part(0, this.stage.cursor, over=True, why=this.stage.why)


PHASES: Mapping[Phase, Callable[[Transaction, Context, Return], Awaitable[Part]]] = {
    Phase.MEMBERS: ties,
    Phase.TIES: ties,
    Phase.CASES: let_back,
    Phase.ALL: reveal,
    Phase.TELL: tell,
    Phase.FORGET: forget,
    Phase.AWAY: away,
    Phase.RELEASE: release,
}
