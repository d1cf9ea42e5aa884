"""Relating parties: make, change, end and remove relationships (SPEC 3)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.access import RIGHTS
from domain.ids import PartyId, RelationshipId, new_relationship_id
from domain.leaving import memberships
from domain.operations import Change
from domain.recording import changes
from domain.refusals import InvalidValue, NotAllowed, NotFound, Refused, StaleVersion, demand
from domain.relating import MOST_AT_ONCE, locks, plan_end, plan_relate, plan_update
from domain.relationship_types import RelationshipType
from domain.relationships import End, NewRelationship, Relationship
from graphdb import definitions, households, relationships
from graphdb.errors import Gone
from graphdb.graph import Transaction
from resolvers.access import Place, demand_right, demand_seen, is_bounded, needed, permit, seen, wrong_team
from resolvers.context import Context
from resolvers.households import settle
from resolvers.operations import Done, Outcome, perform
from resolvers.surroundings import surroundings


async def relate(context: Context, drafts: Sequence[NewRelationship]) -> Done:
    """Makes relationships, all or none. Raises Refused with places such as ("relationships", "2", "target")."""
    permit(context.viewer, "relate")
    if not 1 <= len(drafts) <= MOST_AT_ONCE:
        raise Refused(InvalidValue(path=("relationships",), reason=f"1 to {MOST_AT_ONCE} at once"))
    ids = [new_relationship_id() for _ in drafts]

    async def work(tx: Transaction) -> Outcome:
        ends = ((str(i), end, getattr(draft, end)) for i, draft in enumerate(drafts) for end in ("source", "target"))
        await demand_right(tx, context, "relate", {("relationships", i, end): id for i, end, id in ends})
        if is_bounded(context.viewer):
            within: dict[Place, PartyId] = {
                ("relationships", str(i), "household"): d.household for i, d in enumerate(drafts) if d.household
            }
            await demand_seen(tx, context, within)
        try:
            made = await make(tx, context, drafts, ids)
        except Refused as refused:
            raise Refused(*(refusal.under("relationships") for refusal in refused.refusals)) from refused
        told = [change for relationship in made for change in changes(None, relationship)]
        return Outcome(ids, [*told, *await cascade(tx, context, made)])

    return await perform(context, "relate", work)


async def cascade(tx: Transaction, context: Context, changed: Sequence[Relationship]) -> list[Change]:
    """Settles what rests on memberships among relationships that were made, changed or removed, as `settle` says; what
    the history keeps of what they took."""
    taken = await settle(tx, context, changed)
    return [change for one in taken for change in changes(one.relationship, None, one.made)]


async def make(
    tx: Transaction,
    context: Context,
    drafts: Sequence[NewRelationship],
    ids: Sequence[RelationshipId],
    new_ends: Mapping[PartyId, End] | None = None,
) -> tuple[Relationship, ...]:
    """Locks, reads, decides and writes new relationships; `new_ends` are parties that this transaction makes itself.

    Raises Refused with places that begin with the index of the draft.
    """
    known = await surroundings(tx, drafts, new_ends or {}, context.today)
    demand(
        [
            refusal
            for index, draft in enumerate(drafts)
            if (type := known.types.get(draft.type))
            for refusal in wrong_team(context.viewer, type, draft.source, str(index), "type")
        ]
    )
    made = plan_relate(drafts, ids, known)
    if await relationships.create(tx, made, known.types, context.now, context.viewer.id) < len(made):
        raise Gone("A party was deleted meanwhile.")
    return made


async def update_relationship(
    context: Context, id: RelationshipId, expected_version: int | None, given: Mapping[str, Any]
) -> Done:
    """Changes dates, note, responsibility or properties under the rules for new ones. Raises Refused."""
    permit(context.viewer, "updateRelationship")

    async def work(tx: Transaction) -> Outcome:
        types = (await definitions.stored(tx)).types
        current = await locked(tx, id, types)
        await demand_change(tx, context, "updateRelationship", current, types)
        if expected_version not in (None, current.version):
            raise Refused(StaleVersion(path=("expectedVersion",), record=id, current_version=current.version))
        draft = NewRelationship(
            type=current.type,
            source=current.source,
            target=current.target,
            responsibility=given.get("responsibility", current.responsibility),
            valid_from=given.get("valid_from", current.period.start and current.period.start.text),
            valid_to=given.get("valid_to", current.period.end and current.period.end.text),
            head=current.head,
            primary=current.primary,
            household=current.household,
        )
        known = await surroundings(tx, [draft], {}, context.today)
        return await saved(tx, context, current, plan_update(current, given, known), types)

    return await perform(context, "updateRelationship", work)


async def end_relationship(context: Context, id: RelationshipId, on: date | None) -> Done:
    """Ends a relationship on a day, today without one. Raises Refused."""
    permit(context.viewer, "endRelationship")

    async def work(tx: Transaction) -> Outcome:
        types = (await definitions.stored(tx)).types
        current = await locked(tx, id, types)
        await demand_change(tx, context, "endRelationship", current, types)
        return await saved(tx, context, current, await ended(tx, current, on, context.today), types)

    return await perform(context, "endRelationship", work)


async def ended(tx: Transaction, current: Relationship, on: date | None, today: date) -> Relationship:
    """A locked relationship, ended. Raises Refused.

    To end is to shorten, which no rule need be asked for; but a day within an imprecise end makes the relationship sure
    to hold until then, so one that has an end already is changed as any other.
    """
    after = plan_end(current, on, today)
    if current.period.end is None or after == current or after.period.end is None:
        return after
    day = after.period.end.text
    draft = NewRelationship(
        type=current.type, source=current.source, target=current.target, valid_to=day, household=current.household
    )
    known = await surroundings(tx, [draft], {}, today)
    try:
        return plan_update(current, {"valid_to": day}, known)
    except Refused as refused:
        names = {"source": "on", "target": "on", "validTo": "on"}
        raise Refused(*(refusal.renamed(names) for refusal in refused.refusals)) from refused


async def remove_relationship(context: Context, id: RelationshipId) -> Done:
    """Deletes a relationship; the operation keeps it. Raises Refused."""
    permit(context.viewer, "removeRelationship")

    async def work(tx: Transaction) -> Outcome:
        types = (await definitions.stored(tx)).types
        current = await locked(tx, id, types)
        await demand_change(tx, context, "removeRelationship", current, types)
        made = await relationships.remove(tx, [id])
        return Outcome([id], [*changes(current, None, made[id]), *await cascade(tx, context, [current])])

    return await perform(context, "removeRelationship", work)


async def demand_change(
    tx: Transaction,
    context: Context,
    deed: str,
    current: Relationship,
    types: Mapping[str, RelationshipType],
) -> None:
    """Raises Refused where the viewer may not change a relationship: NotFound where neither of its ends is seen."""
    ends = [current.source, current.target]
    if is_bounded(context.viewer) and not await seen(tx, context, ends):
        raise Refused(NotFound(path=("id",)))
    try:
        await demand_right(tx, context, deed, {("source",): current.source, ("target",): current.target})
    except Refused as refused:
        raise Refused(NotAllowed(path=("id",), missing=needed(RIGHTS[deed]))) from refused
    demand(wrong_team(context.viewer, types[current.type], current.source, "id"))


async def locked(tx: Transaction, id: RelationshipId, types: Mapping[str, RelationshipType]) -> Relationship:
    """A relationship as it is once its ends are locked. Raises Refused with NotFound, and Gone where an end is another
    by then."""
    before = await relationships.stored(tx, id)
    if before is not None:
        headed = [before.target] if before.head else []
        edges, ends = locks([(types[before.type], before.source, before.target)], headed)
        if pairs := memberships([before]):
            await households.lock(tx, pairs, edges, ends)
        else:
            await relationships.lock(tx, edges, ends)
        ends_then, before = (before.source, before.target), await relationships.stored(tx, id)
        if before is not None and ends_then != (before.source, before.target):
            raise Gone("An end was merged meanwhile.")  # the one into whom is not locked
    if before is None:
        raise Refused(NotFound(path=("id",)))
    return before


async def saved(
    tx: Transaction,
    context: Context,
    before: Relationship,
    after: Relationship,
    types: Mapping[str, RelationshipType],
) -> Outcome:
    """Writes what a relationship has become, if it has changed, and what follows where it is a membership."""
    told = await written(tx, context, before, after, types)
    return Outcome([after.id], [*told, *(await cascade(tx, context, [after]) if after != before else ())])


async def written(
    tx: Transaction,
    context: Context,
    before: Relationship,
    after: Relationship,
    types: Mapping[str, RelationshipType],
) -> list[Change]:
    """Writes what a relationship has become, if it has changed. Whoever closes a row of a membership and opens another
    writes both before what follows of them is settled: between the two everybody has left."""
    if after != before:
        await relationships.update(tx, after, types[after.type], context.now)
    return changes(before, after)
