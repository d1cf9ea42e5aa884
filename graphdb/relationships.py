"""Relationships in the graph: edges made, changed, removed, and read for rules."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from domain.definitions import Definitions
from domain.ids import PartyId, RelationshipId
from domain.lineage import Lineage
from domain.partial_dates import PartialDate, Period
from domain.properties import packed, unpacked
from domain.relationship_types import Category, RelationshipType
from domain.relationships import End, Made, Relationship
from domain.within import Within
from graphdb import definitions
from graphdb.graph import Transaction
from graphdb.parties import as_end

K = TypeVar("K")


@dataclass(frozen=True)
class Around:
    """What stands around new relationships: what they are judged by, the parties at their ends, and relationships that
    may be in their way."""

    defined: Definitions
    ends: Mapping[PartyId, End]
    existing: tuple[Relationship, ...]


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


async def restore(
    tx: Transaction,
    relationships: Sequence[tuple[Relationship, Made]],
    types: Mapping[str, RelationshipType],
    at: datetime,
) -> int:
    """Makes edges again as they were, with their versions, and when and by whom they were made; answers how many."""
    rows = [
        {
            "edge": types[r.type].edge,
            "source": r.source,
            "target": r.target,
            "properties": as_properties(r, types[r.type]),
            "version": r.version,
            "created_at": made.at,
            "created_by": made.by,
        }
        for r, made in relationships
    ]
    return int((await tx.rows("relationships/restore", relationships=rows, at=at))[0]["made"])


async def lock(tx: Transaction, edges: Sequence[str], ids: Sequence[PartyId]) -> None:
    """Takes the locks of edge types and parties, each in the order given, until the transaction ends, for whoever
    makes, changes or removes relationships. Raises TooSlow where they are tied to what is coming back."""
    await tx.rows("relationships/lock", edges=list(edges), ids=list(ids))


async def update(tx: Transaction, relationship: Relationship, type: RelationshipType, at: datetime) -> int:
    """Writes what a relationship has become; answers its new version, or 0 if it is gone."""
    rows = await tx.rows(
        "relationships/update", id=relationship.id, properties=as_properties(relationship, type), at=at
    )
    return int(rows[0]["version"]) if rows else 0


async def remove(tx: Transaction, ids: Sequence[RelationshipId]) -> dict[RelationshipId, Made]:
    """Deletes relationships; answers of each that there was when and by whom it was made."""
    rows = await tx.rows("relationships/remove", ids=list(ids))
    return {row["id"]: Made(datetime.fromisoformat(row["created_at"]), row["created_by"]) for row in rows}


async def stored(tx: Transaction, id: RelationshipId) -> Relationship | None:
    """The relationship of an id, None if there is none.

    One that is deleted by somebody else while it is read, before it is locked, has no properties any more.
    """
    return next(iter(await stored_all(tx, [id])), None)


async def stored_all(tx: Transaction, ids: Sequence[RelationshipId]) -> list[Relationship]:
    """The relationships of these ids, those that there are."""
    rows = [row for row in await tx.rows("relationships/stored", ids=list(ids)) if "id" in row["relationship"]]
    return [as_relationship(row["relationship"], row["source"], row["target"]) for row in rows]


async def around(
    tx: Transaction,
    codes: Collection[str],
    edges: Sequence[str],
    locked: Sequence[PartyId],
    ids: Sequence[PartyId],
    pairs: Sequence[tuple[PartyId, PartyId, str]],
    limited: Sequence[tuple[PartyId, RelationshipType, str, Period]],
    entrusted: Sequence[tuple[PartyId, str, Period]],
    headed: Collection[PartyId] = (),
    primary: Collection[PartyId] = (),
) -> Around:
    """Takes the locks of edge types and parties, each in the order given, until the transaction ends; then reads.

    Of `codes` the types, and the acyclic ones; of `ids` the parties that there are; of each (source, target, type) the
    relationships of the type between the two, either way; of each (party, type, "source" or "target", period) those at
    that end that may meet the period; of each (target, responsibility, period) those that may meet the period, too,
    where only one may carry the responsibility; of each household of `headed` the memberships of its heads, of each
    consumer of `primary` the primary ones, over all time.
    """
    (row,) = await tx.rows(
        "relationships/around",
        codes=list(codes),
        edges=list(edges),
        locked=list(locked),
        ids=list(dict.fromkeys(ids)),
        pairs=[{"source": source, "target": target, "type": type} for source, target, type in dict.fromkeys(pairs)],
        limited=[
            {"party": party, "type": code, "outgoing": outgoing, "incoming": incoming, **days}
            for (party, code, outgoing, incoming), days in spanned(
                ((party, type.code, type.symmetric or end == "source", type.symmetric or end == "target"), period)
                for party, type, end, period in limited
            )
        ],
        entrusted=[
            {"party": party, "responsibility": code, **days}
            for (party, code), days in spanned(((party, code), period) for party, code, period in entrusted)
        ],
        headed=list(headed),
        primary=list(primary),
    )
    ends = {id: as_end(*told) for id, *told in row["ends"]}
    there = [(edge, source, target) for edge, source, target in row["existing"] if "id" in edge]
    found = {edge["id"]: as_relationship(edge, source, target) for edge, source, target in there}
    return Around(definitions.defined(tx, row["types"], row["responsibilities"]), ends, tuple(found.values()))


def spanned(asked: Iterable[tuple[K, Period]]) -> Iterable[tuple[K, dict[str, date | None]]]:
    """Each thing that is asked for once, with the days of all its periods: of a party with thousands of relationships
    all would be read for each."""
    first, until = dict[K, date | None](), dict[K, date | None]()
    for key, period in asked:
        first[key] = earliest(first.get(key, date.max), first_day(period))
        until[key] = latest(until.get(key, date.min), last_day(period))
    return ((key, {"first": first[key], "until": until[key]}) for key in first)


def earliest(one: date | None, other: date | None) -> date | None:
    """The earlier of two first days, None: since ever."""
    return min(one, other) if one and other else None


def latest(one: date | None, other: date | None) -> date | None:
    """The later of two last days, None: open."""
    return max(one, other) if one and other else None


async def between(tx: Transaction, pairs: Sequence[tuple[PartyId, PartyId, str]]) -> tuple[Relationship, ...]:
    """Relationships of a type between the same two, either way, for each (source, target, type).

    It locks nothing, but must run in a transaction that may write, as `around` does.
    """
    return (await around(tx, [], [], [], [], pairs, [], [])).existing


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
        found |= {"role": relationship.role, "is_head": relationship.head, "is_primary": relationship.primary}
    if relationship.within:
        found |= within_properties(relationship, relationship.within)
    return found


def within_properties(relationship: Relationship, within: Within) -> dict[str, Any]:
    """What an edge keeps of the household that it is made within: the days that are compared are not its own alone."""
    return {
        "household": within.household,
        "within_until": within.until,
        "valid_from_day": within.first,
        "valid_to_day": within.last_day(relationship.period),
    }


def as_relationship(edge: Mapping[str, Any], source: PartyId, target: PartyId) -> Relationship:
    """An edge's properties as the domain has them."""
    start, end = edge.get("valid_from"), edge.get("valid_to")
    return Relationship(
        id=edge["id"],
        type=edge["type"],
        source=source,
        target=target,
        period=as_period(start, end),
        responsibility=edge.get("responsibility"),
        properties=unpacked(edge.get("property_codes"), edge.get("property_values")),
        note=edge.get("note"),
        role=edge.get("role"),
        head=bool(edge.get("is_head")),
        primary=bool(edge.get("is_primary")),
        within=as_within(edge) if edge.get("household") else None,
        version=edge["version"],
    )


def as_within(edge: Mapping[str, Any]) -> Within:
    """The place of an edge in the household that it is made within."""
    return Within(edge["household"], edge["valid_from_day"], edge.get("within_until"))


def as_period(start: str | None, end: str | None) -> Period:
    """A period of the dates that stand on an edge."""
    return Period(PartialDate.parse(start) if start else None, PartialDate.parse(end) if end else None)
