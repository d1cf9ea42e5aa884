"""What would not fit a narrower relationship type, of all that is stored (SPEC 2.1)."""

import asyncio
from collections.abc import Mapping

from domain.ids import RelationshipId
from domain.misfits import Chained, Misfits, closing, overfull, unfitting
from domain.refusals import WouldNotFit
from domain.relationship_types import Category, RelationshipType
from domain.type_changes import LIMITS
from graphdb import misfits
from graphdb.graph import Graph


async def would_not_fit(
    graph: Graph, before: RelationshipType, after: RelationshipType, types: Mapping[str, RelationshipType]
) -> list[WouldNotFit]:
    """The refusals that a type's relationships are to its change, one for each field, empty if all fit.

    Nothing is locked: what is asked for must be so that nothing that doesn't fit can be added meanwhile. Pages are
    forgotten once judged; what is kept is, for cycles, each link, and for limits the relationships of 200 ends.
    """
    found = Misfits()
    acyclic = after.acyclic and not before.acyclic
    others = [type.code for type in types.values() if acyclic and type.acyclic and type.edge == before.edge]
    links: list[Chained] = []
    async for page in misfits.instances(graph, before, [code for code in others if code != before.code]):
        for instance in page:
            for name in unfitting(instance, after) if instance.own else ():
                found.add(name, instance.id)
            if acyclic:
                period = None if before.category is Category.PARENTAGE else instance.period
                id = instance.id if instance.own else None
                links.append(Chained(instance.source, instance.target, period, id))
    for id in await asyncio.to_thread(closing, links):  # seconds where many cycles are: others are served meanwhile
        found.add("acyclic", id)
    for name, end in zip(LIMITS, ("source", "target"), strict=True):
        limit, was = getattr(after, name), getattr(before, name)
        if limit is not None and (was is None or limit < was) and not (before.symmetric and end == "target"):
            for id in await crowding(graph, before, end, limit):
                found.add(name, id)
    return found.refusals()


async def crowding(graph: Graph, type: RelationshipType, end: str, limit: int) -> list[RelationshipId]:
    """The ids of those that are too many at one end; each once, though a symmetric one may be so at both."""
    ids = set[RelationshipId]()
    async for at_one in misfits.at_ends(graph, type, end, limit):
        ids |= {at_one[place][0] for place in overfull([period for _, period in at_one], limit)}
    return sorted(ids)
