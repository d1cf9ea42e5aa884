"""Merging two customers: planned, then done exactly so (SPEC 7.1 to 7.3)."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from domain.collapsing import Fate
from domain.ids import OperationId, RelationshipId, new_operation_id
from domain.merge_tokens import Asked, asked_by
from domain.merging import MergePlan, MergeWarning, plan_merge
from domain.operations import Change
from domain.parties import differences
from domain.recording import changes
from domain.refusals import NotConfirmed, PlanChanged, Refused, demand
from domain.relationships import Made, Relationship
from domain.sessions import Ending
from graphdb import merging, operations, parties, sessions
from graphdb.errors import Gone
from graphdb.graph import BATCH_SECONDS, Transaction
from resolvers.access import permit
from resolvers.context import Context
from resolvers.merge_facts import locked_facts, merge_facts
from resolvers.operations import Done, Outcome, perform
from resolvers.parties import change
from resolvers.relationships import cascade

DEED = "merge"
MOST_TOLD = 2_000
"""So many relationships that a merge moves, or takes, stand in the histories of both their ends."""


async def plan_merging(context: Context, asked: Asked) -> MergePlan:
    """What merging two customers would do, and what is in its way; nothing is done. Raises Refused."""
    permit(context.viewer, DEED)

    async def work(tx: Transaction) -> MergePlan:
        return plan_merge(asked, await merge_facts(tx, context, asked), context.viewer.id)

    plan = await context.graph.write(work, "mergePlan", BATCH_SECONDS)
    demand(plan.wrong_winners)
    return plan


async def merge(context: Context, token: str, confirmed: Collection[MergeWarning]) -> Done:
    """Merges two customers as a plan says, all of it or nothing; the answer names the survivor first, then the other.

    Raises Refused: with the new plan where anything has changed that it rests on, with all that is in its way, and with
    the warnings that were not confirmed.
    """
    permit(context.viewer, DEED)
    asked, id = asked_by(token), new_operation_id()

    async def work(tx: Transaction) -> Outcome:
        facts = await locked_facts(tx, context, asked)
        plan = plan_merge(asked, facts, context.viewer.id)
        if plan.token != token:
            raise Refused(PlanChanged(path=("token",), plan=possible(plan, context)))
        demand(plan.wrong_winners)
        demand(plan.blockers)
        if missing := tuple(warning.name for warning in plan.warnings if warning not in confirmed):
            raise Refused(NotConfirmed(path=("confirmed",), warnings=missing))
        return Outcome([asked.survivor, asked.merged], await apply(tx, context, plan, id))

    return await perform(context, DEED, work, id=id, seconds=BATCH_SECONDS)


def possible(plan: MergePlan, context: Context) -> MergePlan:
    """The plan without winners of what cannot be chosen any more."""
    wrong = {int(refusal.path[1]) for refusal in plan.wrong_winners}
    if not wrong:
        return plan
    chosen = tuple(one for index, one in enumerate(plan.asked.chosen) if index not in wrong)
    return plan_merge(replace(plan.asked, chosen=chosen), plan.facts, context.viewer.id)


async def apply(tx: Transaction, context: Context, plan: MergePlan, id: OperationId) -> list[Change]:
    """Does what a plan says, and what follows of memberships; answers what the history keeps of it.

    What is still to come that belongs to a customer, as messages, is moved here too, told as a change of its own
    record, and taken back by `resolvers/unmerging.py`.
    """
    survivor, merged = plan.facts.survivor, plan.facts.merged
    told = await tell_parties(tx, context, plan)
    told += await move_relationships(tx, context, plan, id)
    ids = [this_case.id for this_case in plan.facts.cases]
    await merging.move_cases(tx, ids, survivor.id, context.now)
    told += [Change(case, survivor.id, {"customer": merged.id}, {"customer": survivor.id}) for case in ids]
    if plan.ledger:
        await merging.place(tx, {survivor.id: plan.ledger})
        whose = {"customer": merged.id}, {"customer": survivor.id}
        told += [Change(line.id, survivor.id, *whose) for line in plan.facts.their_lines]
    if consents := [consent.id for consent in plan.consents]:
        await merging.move_consents(tx, consents, survivor.id)
        told += [Change(id, survivor.id, {"consumer": merged.id}, {"consumer": survivor.id}) for id in consents]
    await merging.join(tx, merged.id, survivor.id, id)
    sessions.end_all(tx, merged.id, context.now, Ending.STATUS)
    memberships = [tie for pair in (*plan.fates.moved, *plan.fates.changed) for tie in pair]
    return [*told, *await cascade(tx, context, [*memberships, *plan.fates.gone])]


async def tell_parties(tx: Transaction, context: Context, plan: MergePlan) -> list[Change]:
    """Writes what the two have become, and their ids elsewhere."""
    survivor, merged = plan.facts.survivor, plan.facts.merged
    after = plan.survivor(context.now, context.viewer.id)
    ours, theirs = (merging.held(plan.ledger), merging.NO_POINTS) if plan.ledger else ({}, {})
    if merged.external_ids:
        await merging.move_external_ids(tx, [external.key for external in merged.external_ids], survivor.id)
    await parties.update(tx, survivor.id, {**differences(survivor, after)[1], **ours}, context.now)
    await parties.update(tx, merged.id, {**differences(merged, plan.merged)[1], **theirs}, context.now)
    gone = change(merged, plan.merged)
    return [change(survivor, after), replace(gone, new={**(gone.new or {}), "survivor": survivor.id})]


async def move_relationships(tx: Transaction, context: Context, plan: MergePlan, id: OperationId) -> list[Change]:
    """Deletes the relationships that collapse or are dropped, and writes what the others become.

    Each stands in the history of both its ends. Where there are thousands, those that are moved stand in none, and the
    others in that of one end: a transaction has only so much memory.
    """
    types = plan.facts.types
    survivor, merged = plan.facts.survivor.id, plan.facts.merged.id
    made = await merging.remove(tx, [survivor, merged], plan.fates.gone)
    await merging.change(tx, survivor, plan.fates.changed, types, context.now)
    moved = plan.fates.moved
    if await merging.move(tx, merged, survivor, moved, types, context.now) < len(moved) or len(made) < len(
        plan.fates.gone
    ):
        raise Gone("A relationship was deleted meanwhile.")
    removed = [removal(plan, fate, made) for fate in plan.fates.fates if fate.before.id in made]
    others = [changed(before, after) for before, after in plan.fates.changed]
    return told_of(tx, id, [changes(*pair) for pair in moved], [*removed, *others])


def told_of(
    tx: Transaction, id: OperationId, moved: Sequence[Sequence[Change]], others: Sequence[Sequence[Change]]
) -> list[Change]:
    """What the histories keep of relationships, each with its changes at either end; thousands that are moved are
    packed, of thousands of others one end keeps it. Packed hold nothing personal: an end, whether primary."""
    if len(others) > MOST_TOLD:
        told = [replace(here, other=there.party) for here, there in others]
    else:
        told = [one for each in others for one in each]
    if len(moved) > MOST_TOLD:
        operations.pack(tx, id, [each[0] for each in moved])
        return told
    return [*told, *(one for each in moved for one in each)]


def removal(plan: MergePlan, fate: Fate, made: dict[RelationshipId, Made]) -> list[Change]:
    """What the history keeps of a relationship that collapses, in the survivor's, or is dropped: all that brings it
    back, and which one it has become."""
    survivor, merged = plan.facts.survivor.id, plan.facts.merged.id
    told = changes(fate.before, None, made[fate.before.id])
    into: dict[str, object] = {"into": fate.into} if fate.into else {}
    return [
        replace(
            one, party=survivor if fate.into and one.party == merged else one.party, old={**(one.old or {}), **into}
        )
        for one in told
    ]


def changed(before: Relationship, after: Relationship) -> Sequence[Change]:
    """What the history keeps of a relationship that has taken others in; within a household its first day, too."""
    told = changes(before, after)
    if not (before.within and after.within and before.within.first != after.within.first):
        return told
    old, new = {"first": before.within.first}, {"first": after.within.first}
    return [replace(one, old={**(one.old or {}), **old}, new={**(one.new or {}), **new}) for one in told]
