"""Relationships in the graph: edges made, changed, removed, and read for rules."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from domain.ids import PartyId, RelationshipId
from domain.lineage import Lineage
from domain.partial_dates import PartialDate, Period
from domain.properties import packed, unpacked
from domain.relationship_types import Category, RelationshipType
from domain.relationships import Relationship
from graphdb.graph import Row, Transaction


async def create(
    tx: Transaction,
    relationships: Sequence[Relationship],
    types: Mapping[str, RelationshipType],
    at: datetime,
    by: str,
) -> int:
    """Makes edges between parties that there are; answers how many."""
    rows = [
        {
            "edge": types[r.type].edge,
            "source": r.source,
            "target": r.target,
            "properties": as_properties(r, types[r.type]),
        }
        for r in relationships
    ]
    made = await tx.rows("relationships/create", relationships=rows, at=at, by=by)
    return int(made[0]["made"])


async def update(tx: Transaction, relationship: Relationship, type: RelationshipType, at: datetime) -> int:
    """Writes what a relationship has become; answers its new version, or 0 if it is gone."""
    rows = await tx.rows(
        "relationships/update", id=relationship.id, properties=as_properties(relationship, type), at=at
    )
    return int(rows[0]["version"]) if rows else 0


async def remove(tx: Transaction, id: RelationshipId) -> bool:
    """Deletes a relationship; answers whether there was one."""
    rows = await tx.rows("relationships/remove", id=id)
    return bool(rows[0]["removed"])


async def stored(tx: Transaction, id: RelationshipId) -> Relationship | None:
    """The relationship of an id, None if there is none."""
    rows = await tx.rows("relationships/stored", ids=[id])
    return as_relationship(rows[0]) if rows else None


async def between(tx: Transaction, pairs: Sequence[tuple[PartyId, PartyId, str]]) -> list[Relationship]:
    """Relationships of a type between the same two, either way, for each (source, target, type)."""
    rows = [{"source": source, "target": target, "type": type} for source, target, type in pairs]
    return [as_relationship(row) for row in await tx.rows("relationships/between", pairs=rows)]


async def at_limits(
    tx: Transaction, ends: Sequence[tuple[PartyId, RelationshipType, str, Period]]
) -> list[Relationship]:
    """Relationships at limited ends that may meet a period, for each (party, type, "source" or "target", period)."""
    rows = [
        {
            "party": party,
            "type": type.code,
            "outgoing": type.symmetric or end == "source",
            "incoming": type.symmetric or end == "target",
            "first": first_day(period),
            "until": last_day(period),
        }
        for party, type, end, period in ends
    ]
    return [as_relationship(row) for row in await tx.rows("relationships/at_limits", ends=rows)]


async def lineage(
    tx: Transaction, sources: Sequence[PartyId], targets: Sequence[PartyId], types: Sequence[str]
) -> Sequence[Relationship]:
    """The relationships of these types, all of one edge, in which new ones of it might close a cycle."""
    found: Lineage[Relationship] = Lineage(sources, targets)
    while question := found.question():
        (row,) = await tx.rows("relationships/lineage", to=list(question.to), of=list(question.of), types=list(types))
        found.step([as_link(*link) for link in row["links"]])
    return found.links


def as_link(id: str, type: str, source: str, target: str, start: str | None, end: str | None) -> Relationship:
    """What of a relationship counts for cycles."""
    return Relationship(
        id=RelationshipId(id), type=type, source=PartyId(source), target=PartyId(target), period=as_period(start, end)
    )


def first_day(period: Period) -> date | None:
    """The first day on which a period may hold, None: since ever."""
    return period.start.earliest if period.start else None


def last_day(period: Period) -> date | None:
    """The day from which a period cannot hold any more, None: open."""
    return period.end.latest if period.end else None


def as_properties(relationship: Relationship, type: RelationshipType) -> dict[str, Any]:
    """A relationship as its edge keeps it; the type's category and symmetry, which never change, stand on it too."""
    codes, values = packed(relationship.properties)
    start, end = relationship.period.start, relationship.period.end
    found: dict[str, Any] = {
        "id": relationship.id,
        "type": relationship.type,
        "category": type.category.value,
        "symmetric": type.symmetric,
        "valid_from": start.text if start else None,
        "valid_from_day": first_day(relationship.period),
        "valid_to": end.text if end else None,
        "valid_to_day": last_day(relationship.period),
        "responsibility": relationship.responsibility,
        "note": relationship.note,
        "property_codes": codes or None,
        "property_values": values or None,
    }
    if type.category is Category.PARENTAGE:
        found["pedigree"] = relationship.properties["pedigree"]
    if type.category is Category.GROUP:
        found |= {"role": relationship.role}
    return found


def as_relationship(row: Row) -> Relationship:
    """A row of edge, source and target as the domain has it."""
    edge = row["relationship"]
    start, end = edge.get("valid_from"), edge.get("valid_to")
    return Relationship(
        id=edge["id"],
        type=edge["type"],
        source=row["source"],
        target=row["target"],
        period=as_period(start, end),
        responsibility=edge.get("responsibility"),
        properties=unpacked(edge.get("property_codes"), edge.get("property_values")),
        note=edge.get("note"),
        role=edge.get("role"),
        version=edge["version"],
    )


def as_period(start: str | None, end: str | None) -> Period:
    """A period of the dates that stand on an edge."""
    return Period(PartialDate.parse(start) if start else None, PartialDate.parse(end) if end else None)
