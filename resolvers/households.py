"""Relationships made within a household: what a leaving takes, now or when its day comes (SPEC 4.2)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from domain.ids import RelationshipId
from domain.leaving import Settlement, memberships, settlement, taken_by
from domain.refusals import NotFound, Refused
from domain.relating import plan_end
from domain.relationship_types import Category
from domain.relationships import Relationship, Removed
from domain.within import Places
from graphdb import definitions, households, relationships
from graphdb.graph import Transaction
from graphdb.households import Pair
from resolvers.access import demand_right, permit
from resolvers.context import Context


async def settle(tx: Transaction, context: Context, changed: Collection[Relationship]) -> list[Removed]:
    """Settles what is made within households after some memberships, among other relationships, were made, changed or
    removed.

    Must be called by everything that does so, in the same transaction, under the member's lock. Deletes the
    relationships of which an end has left and answers them; the operation must keep them. Others get their new days.
    Those at the other ends are locked too, since these days rest on their memberships as well.
    """
    pairs = memberships(changed)
    if not pairs or not await households.lock(tx, pairs):
        return []
    return await settled(tx, await households.within(tx, pairs), context.today)


async def settled(tx: Transaction, found: Collection[Relationship], today: date) -> list[Removed]:
    """Deletes those of some relationships, whose ends are locked, that are over, and writes the days of the others."""
    after = await settlement_of(tx, found, today)
    made = await relationships.remove(tx, [relationship.id for relationship in after.over])
    await households.settle(tx, after.moved)
    return [Removed(relationship, made[relationship.id]) for relationship in after.over]


async def settlement_of(tx: Transaction, found: Collection[Relationship], today: date) -> Settlement:
    """What becomes of some relationships as memberships are now."""
    return settlement(found, Places(today, await households.places(tx, ends_of(found))))


def ends_of(found: Collection[Relationship]) -> list[Pair]:
    """The ends of relationships, each with the household that theirs is made within."""
    return [(end, r.household) for r in found if r.household for end in (r.source, r.target)]


@dataclass(frozen=True)
class Leaving:
    """What ending a membership on a day deletes, now or when the day has come."""

    membership: RelationshipId
    on: date
    relationships: tuple[RelationshipId, ...]


async def plan_leaving(context: Context, id: RelationshipId, on: date | None) -> Leaving:
    """What ending a membership on a day, today without one, would take; nothing is done.

    It asks the rule that the ending itself asks. Raises Refused: NotFound, and what ending would.
    """
    permit(context.viewer, "endMembership")

    async def work(tx: Transaction) -> Leaving:
        types = (await definitions.stored(tx)).types
        current = await relationships.stored(tx, id)
        if current is None or types[current.type].category is not Category.GROUP:
            raise Refused(NotFound(path=("membership",)))
        await demand_right(tx, context, "endMembership", {("membership",): current.target})
        after = plan_end(current, on, context.today)
        assert after.period.end
        assert after.period.end.latest
        day = after.period.end.latest
        found = await households.within(tx, memberships([current]))
        places = Places(context.today, await households.places(tx, ends_of(found))).ended(id, after.period)
        return Leaving(id, day, tuple(relationship.id for relationship in taken_by(found, places, day)))

    return await context.graph.read(work, "leavingPlan")
