"""Undoing a merge: planned, then done exactly so (SPEC 7.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain.access import MANAGERS
from domain.collapsing import ended
from domain.definitions import Definitions
from domain.ids import CaseId, ConsentId, OperationId, PartyId, RelationshipId, new_operation_id
from domain.leaving import memberships
from domain.operations import Change
from domain.parties import Party, PartyKind, differences
from domain.recording import changes, recorded
from domain.refusals import InvalidValue, NotAllowed, NotFound, PlanChanged, Refused, demand
from domain.relating import draft_period
from domain.relationships import Known, NewRelationship, Relationship
from domain.restoring import Done, Now, draft_of
from domain.unmerge_facts import UnmergeFacts
from domain.unmerging import KIND, Unmerging, cannot_undo, plan_unmerge
from domain.within import Places
from graphdb import definitions, households, merging, operations, parties, relationships
from graphdb.errors import Gone
from graphdb.graph import BATCH_SECONDS, Transaction
from resolvers.access import permit
from resolvers.context import Context
from resolvers.households import ends_of
from resolvers.merge_facts import Locks, locks_of
from resolvers.merging import told_of
from resolvers.operations import Done as Answer
from resolvers.operations import Outcome, perform
from resolvers.parties import change
from resolvers.relationships import cascade
from resolvers.surroundings import surroundings

DEED = "undoMerge"


async def plan_unmerging(context: Context, id: OperationId) -> Unmerging:
    """What undoing a merge would do, and what is in its way; nothing is done. Raises Refused."""
    permit(context.viewer, DEED)

    async def work(tx: Transaction) -> Unmerging:
        return plan_unmerge(await facts(tx, context, await undoable(tx, context, id)))

    return await context.graph.write(work, "undoMergePlan", BATCH_SECONDS)


async def undo_merge(context: Context, id: OperationId, token: str | None, leave_out: Sequence[str]) -> Answer:
    """Gives back what a merge moved and collapsed, all of it or nothing, but what is to be left out; the answer names
    the survivor first, then the other.

    With a token it is done as in that plan, or refused with the new one. Raises Refused with all that is in its way.
    """
    permit(context.viewer, DEED)
    new = new_operation_id()

    async def work(tx: Transaction) -> Outcome:
        await operations.lock(tx, id)
        found = await locked_facts(tx, context, id)
        whole = plan_unmerge(found)
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
        plan = plan_unmerge(found, leave_out)
        demand(plan.problems)
        return Outcome([plan.survivor.id, plan.merged.id], await apply(tx, context, found, plan, new))

    try:
        return await perform(context, DEED, work, undoes=id, id=new, seconds=BATCH_SECONDS)
    except Refused as refused:
        names = {"operation": "token"} if token else {}
        raise Refused(*(refusal.renamed(names) for refusal in refused.refusals)) from refused


async def locked_facts(tx: Transaction, context: Context, id: OperationId) -> UnmergeFacts:
    """What undoing a merge rests on, once nobody else changes anything of it. Raises Refused."""
    done = await undoable(tx, context, id)
    held = locks(await facts(tx, context, done), done)
    await held.take(tx)
    while True:
        found = await facts(tx, context, await undoable(tx, context, id))
        needed = locks(found, done)
        if held.cover(needed):
            return found
        held |= needed
        await held.take(tx)


def locks(found: UnmergeFacts, done: Done) -> Locks:
    """What undoing a merge locks: what the merge did, for all relationships that it moved or that come back."""
    types, survivor, merged = found.known.types, found.survivor.id, found.merged.id
    gone = [draft_of(old) for old, new in done.records.values() if new is None and old]
    back = [as_tie(draft) for draft in gone if draft.type in types]
    ties = [*(now.relationship for now in found.now.values()), *back]
    heads = {tie.target for tie in ties if tie.head}
    within = {end for draft in gone if draft.household for end in (draft.source, draft.target)}
    within |= {end for tie in found.housed for end in (tie.source, tie.target)}
    defined = Definitions(types, found.known.responsibilities)
    return locks_of({survivor, merged, *within}, ties, defined, heads)


def as_tie(draft: NewRelationship) -> Relationship:
    """A relationship that comes back, as far as locks ask for it."""
    return Relationship(
        id=RelationshipId("relationship"),
        type=draft.type,
        source=draft.source,
        target=draft.target,
        period=draft_period(draft),
        responsibility=draft.responsibility,
        head=draft.head,
    )


async def undoable(tx: Transaction, context: Context, id: OperationId) -> Done:
    """A merge that can be undone now, by this viewer. Raises Refused: NotFound, NotAllowed for another's unless the
    viewer is a manager (SPEC 5.7), and where it can't be undone at all."""
    done = await operations.done(tx, id, [KIND])
    if done is None:
        raise Refused(NotFound(path=("operation",)))
    if done.kind == KIND and done.by != context.viewer.id and not MANAGERS & context.viewer.roles:
        raise Refused(NotAllowed(path=("operation",), missing=("ADMIN", "MANAGER")))
    since = await merging.since(tx, *pair(done)) if done.kind == KIND else None
    demand(cannot_undo(done, since.operation if since else None, since.later if since else None))
    return done


def pair(done: Done) -> tuple[PartyId, PartyId]:
    """Survivor and merged one of a merge."""
    survivor, merged = done.answer
    return PartyId(survivor), PartyId(merged)


async def facts(tx: Transaction, context: Context, done: Done) -> UnmergeFacts:
    """What undoing a merge rests on."""
    survivor, merged = pair(done)
    both = await parties.stored(tx, [survivor, merged])
    if len(both) < 2:
        raise Gone("A customer was deleted meanwhile.")
    records = done.records
    kept = [id for id, (_, new) in records.items() if id.startswith("relationship_") and new is not None]
    into = [str(old["into"]) for old, new in records.values() if new is None and old and old.get("into")]
    there = [
        tie
        for some in merging.batches([RelationshipId(id) for id in dict.fromkeys([*kept, *into])])
        for tie in await relationships.stored_all(tx, some)
    ]
    now: dict[str, Now] = {tie.id: Now(tie, recorded(tie) or {}) for tie in there}
    keys = [str(key) for key in (records[merged][0] or {}).get("external_ids", ())]
    points = any(id.startswith("points_entry_") for id in records)
    pairs = memberships(resting(done, now))
    housed = await households.within(tx, pairs) if pairs else []
    return UnmergeFacts(
        done=done,
        survivor=both[survivor],
        merged=both[merged],
        now=now,
        known=await known(tx, context, done, now, both[survivor]),
        customers=await merging.customers(tx, [CaseId(id) for id in records if id.startswith("case_")]),
        consenters=await merging.consenters(tx, [ConsentId(id) for id in records if id.startswith("consent_")]),
        lines=await merging.lines(tx, survivor) if points else (),
        holders=await parties.holders(tx, keys) if keys else {},
        housed=housed,
        places=Places(context.today, await households.places(tx, [*pairs, *ends_of(housed)]) if housed else ()),
    )


def resting(done: Done, now: Mapping[str, Now]) -> list[Relationship]:
    """The relationships to households that a merge moved, changed or removed, as either of the two has them: what rests
    on memberships among them is settled by undoing."""
    survivor, merged = pair(done)
    gone = [as_tie(draft_of(old)) for old, new in done.records.values() if new is None and old]
    ties = [*(one.relationship for one in now.values()), *gone]
    places = [tie for tie in ties if PartyKind.of(tie.target) is PartyKind.HOUSEHOLD]
    return [ended(tie, *ends) for tie in places for ends in ((survivor, merged), (merged, survivor))]


async def known(tx: Transaction, context: Context, done: Done, now: Mapping[str, Now], survivor: Party) -> Known:
    """What relationships that come back, or become again what they were, are judged by."""
    defined = await definitions.stored(tx)
    drafts = [draft_of(old) for old, new in done.records.values() if new is None and old]
    for id, (old, new) in done.records.items():
        if id in now and old and new and not {"source", "target"} & set(new):
            drafts.append(draft_of({**now[id].recorded, **old}))
    around = await surroundings(tx, drafts, {}, context.today, lock=False)
    lineage = list[Relationship]()
    acyclic = [draft for draft in drafts if draft.type in defined.types and defined.types[draft.type].acyclic]
    for edge in sorted({defined.types[draft.type].edge for draft in acyclic}):
        some = [draft for draft in acyclic if defined.types[draft.type].edge == edge]
        codes = [code for code, type in defined.types.items() if type.acyclic and type.edge == edge]
        sources = sorted({survivor.id, *(draft.source for draft in some)})
        targets = sorted({survivor.id, *(draft.target for draft in some)})
        lineage += await relationships.lineage(tx, sources, targets, codes)
    return replace(around, types=defined.types, responsibilities=defined.responsibilities, lineage=lineage)


async def apply(
    tx: Transaction, context: Context, found: UnmergeFacts, plan: Unmerging, id: OperationId
) -> list[Change]:
    """Does what a plan says, and what follows of memberships; answers what the history keeps of it."""
    survivor, merged, types, now = plan.survivor.id, plan.merged.id, found.known.types, context.now
    ours, theirs = map(merging.held, plan.ledgers) if plan.ledgers else ({}, {})
    await merging.part(tx, merged)
    if plan.external_ids:
        await merging.move_external_ids(tx, plan.external_ids, merged)
    await parties.update(tx, survivor, {**differences(found.survivor, plan.survivor)[1], **ours}, now)
    await parties.update(tx, merged, {**differences(found.merged, plan.merged)[1], **theirs}, now)
    left = change(found.merged, plan.merged)
    told = [
        change(found.survivor, plan.survivor),
        replace(left, old={**(left.old or {}), "survivor": survivor}, new={**(left.new or {}), "survivor": None}),
    ]
    await merging.change(tx, survivor, plan.changed, types, now)
    if await merging.move(tx, survivor, merged, plan.moved, types, now) < len(plan.moved):
        raise Gone("A relationship was deleted meanwhile.")
    for some in merging.batches(plan.restored):
        if await relationships.restore(tx, some, types, now) < len(some):
            raise Gone("A party was deleted meanwhile.")
    others = [*(changes(*pair) for pair in plan.changed), *(changes(None, tie) for tie, _ in plan.restored)]
    told += told_of(tx, id, [changes(*pair) for pair in plan.moved], others)
    await merging.move_cases(tx, plan.cases, merged, now)
    told += [Change(case, merged, {"customer": survivor}, {"customer": merged}) for case in plan.cases]
    if plan.consents:
        await merging.move_consents(tx, plan.consents, merged)
        told += [Change(one, merged, {"consumer": survivor}, {"consumer": merged}) for one in plan.consents]
    if plan.ledgers:
        await merging.place(tx, dict(zip((survivor, merged), plan.ledgers, strict=True)))
        whose = {"customer": survivor}, {"customer": merged}
        told += [Change(line.id, merged, *whose) for line in plan.ledgers[1].lines]
    return [*told, *await cascade(tx, context, resting(found.done, found.now))]
