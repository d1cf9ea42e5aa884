"""The family tree: the graph is asked level by level, `domain.family` arranges (SPEC 9.2)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from domain.family import FamilyTree, Recorded, TreePerson, tree
from domain.family_walk import Links, Walk
from domain.ids import PartyId
from domain.parties import PartyKind
from domain.refusals import InvalidValue, Refused
from graphdb import family, merging
from graphdb.graph import Transaction
from resolvers.access import is_bounded, seen, shown_to_app
from resolvers.context import Context

MOST_GENERATIONS = 100


@dataclass(frozen=True)
class Found:
    """A tree, and those in it whom the viewer does not see."""

    tree: FamilyTree
    hidden: frozenset[str] = frozenset()


async def family_tree(
    context: Context, root: PartyId, up: int, down: int, collaterals: bool, as_of: date | None
) -> Found | None:
    """The tree of a consumer, None if the viewer sees none of this id; without `as_of` over all time. Of one who was
    merged away it is the survivor's.

    Raises Refused for generations below 0 or beyond MOST_GENERATIONS.
    """
    for name, generations in (("up", up), ("down", down)):
        if not 0 <= generations <= MOST_GENERATIONS:
            raise Refused(InvalidValue(path=(name,), reason=f"must be 0 to {MOST_GENERATIONS}"))
    if PartyKind.of(root) is not PartyKind.CONSUMER:
        return None

    day = as_of or context.today

    async def work(tx: Transaction) -> Found | None:
        if is_bounded(context.viewer):
            return await of_seen(tx, (await merging.survivors(tx, [root])).get(root, root))
        found = await of(tx, root)
        if found and len(found.tree.people) == 1 and (last := await merging.survivors(tx, [root])):
            return await of(tx, last[root])  # who was merged away has no family
        return found

    async def of_seen(tx: Transaction, root: PartyId) -> Found | None:
        if root not in await seen(tx, context, [root]):
            return None
        if context.viewer.is_app and root not in (await shown_to_app(tx, context, [root])).family:
            return Found(alone(root))
        return await of(tx, root)

    async def of(tx: Transaction, root: PartyId) -> Found | None:
        walk, near = Walk(root, up, down, collaterals), Recorded()
        while frontier := walk.frontier():
            if frontier.partners_of:  # those who stand in the tree, but for their partners and other parents
                near = await family.recorded(tx, frontier.partners_of, as_of, day)
                walk.step(links(near))
            else:
                walk.step(await family.links(tx, frontier, as_of))
        if root not in near.births:
            return None
        generations = {standing.id: standing.generation for standing in walk.people()}
        others = [id for id in generations if id not in near.births]
        beside = await family.recorded(tx, others, as_of, day) if others else Recorded()
        if not is_bounded(context.viewer):
            return Found(tree(root, generations, [near, beside], walk.truncated))
        shown = await seen(tx, context, [PartyId(id) for id in generations])
        recorded = [near.born_known_of(shown), beside.born_known_of(shown)]
        found = tree(root, generations, recorded, walk.truncated)
        if context.viewer.is_app:
            found = told_of(found, (await shown_to_app(tx, context, [PartyId(id) for id in generations])).kin)
        return Found(found, frozenset(generations.keys() - shown))

    return await context.graph.read(work, "familyTree")


def alone(root: PartyId) -> FamilyTree:
    """The tree of somebody whose family a partner app is not shown."""
    return FamilyTree(root, (TreePerson(root, 0, False, False),), (), (), False)


def told_of(found: FamilyTree, kin: Collection[PartyId]) -> FamilyTree:
    """A tree without the partnerships of couples of whom neither is among these."""
    couples = (c if set(c.partners) & set(kin) else c._replace(relationships=()) for c in found.couples)
    return replace(found, couples=tuple(couples))


def links(recorded: Recorded) -> Links:
    """What is recorded of people, as a walk takes it."""
    return Links(
        parents=[(parentage.parent, parentage.child) for parentage in recorded.parentages],
        partners=[(partnership.a, partnership.b) for partnership in recorded.partnerships],
    )
