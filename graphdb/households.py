"""Households in the graph: who is a member when, and the relationships that are made within one (SPEC 4.2)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from domain.ids import PartyId, RelationshipId
from domain.relationships import Relationship
from domain.within import Membership
from graphdb.graph import Graph, Transaction
from graphdb.relationships import as_period, as_relationship, within_properties

Pair = tuple[PartyId, PartyId]
"""A member and a household."""


async def lock(
    tx: Transaction, pairs: Collection[Pair], edges: Sequence[str] = (), ids: Sequence[PartyId] = ()
) -> bool:
    """Locks members, and with them in one order all to whom they are related within those households, besides other
    parties; edge types first. Answers whether they are related to any."""
    (row,) = await tx.rows("households/lock", edges=list(edges), ids=list(ids), pairs=as_rows(pairs))
    return bool(row["related"])


async def within(tx: Transaction, pairs: Collection[Pair]) -> list[Relationship]:
    """The relationships of members that are made within these households, each once."""
    rows = await tx.rows("households/within", pairs=as_rows(pairs))
    return [as_relationship(row["relationship"], row["source"], row["target"]) for row in rows]


async def places(tx: Transaction, pairs: Collection[Pair]) -> list[Membership]:
    """When these are members of these households, past and future."""
    rows = await tx.rows("households/places", pairs=as_rows(pairs))
    return [Membership(r["id"], r["member"], r["household"], as_period(r["valid_from"], r["valid_to"])) for r in rows]


async def settle(tx: Transaction, relationships: Iterable[Relationship]) -> None:
    """Writes the days on which relationships made within a household hold now."""
    rows = [{"id": r.id, "properties": within_properties(r, r.within)} for r in relationships if r.within]
    if rows:
        await tx.rows("households/settle", relationships=rows)


async def over(graph: Graph, today: date, size: int) -> list[tuple[RelationshipId, list[PartyId]]]:
    """Some relationships made within a household of which an end has left, each with its ends."""
    rows = await graph.rows("households/over", today=today, size=size)
    return [(row["id"], row["ends"]) for row in rows]


def as_rows(pairs: Collection[Pair]) -> list[dict[str, Any]]:
    """Pairs as statements take them."""
    return [{"member": member, "household": household} for member, household in dict.fromkeys(pairs)]
