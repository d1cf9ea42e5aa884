"""Relationships as they are judged when their type or their responsibility becomes narrower: in pages, however many
there are."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from domain.ids import PartyId, RelationshipId
from domain.misfits import Instance
from domain.partial_dates import Period
from domain.parties import PartyKind
from domain.properties import unpacked
from domain.relationship_types import ANSWERABLE, EDGES, RelationshipType
from domain.responsibility_changes import Held
from graphdb.graph import Graph
from graphdb.relationships import as_period

PAGE, ENDS = 5_000, 200


class Periods:
    """Periods by their dates as they stand on edges; most stand on many, and reading one takes its time."""

    def __init__(self) -> None:
        self._read: dict[tuple[str | None, str | None], Period] = {}

    def of(self, start: str | None, end: str | None) -> Period:
        """The period of these dates."""
        if (start, end) not in self._read:
            self._read[start, end] = as_period(start, end)
        return self._read[start, end]


async def instances(graph: Graph, type: RelationshipType, others: Sequence[str]) -> AsyncIterator[list[Instance]]:
    """Pages of all relationships of a type, and of other types (their codes) of its edge."""
    periods, after = Periods(), ""
    while True:
        (page,) = await graph.rows(
            "misfits/relationships", edge=type.edge, types=[type.code, *others], after=after, size=PAGE
        )
        if page["last"] is None:
            return
        yield [as_instance(row, type, periods) for row in page["relationships"]]
        after = page["last"]


def as_instance(row: Sequence[Any], type: RelationshipType, periods: Periods) -> Instance:
    """A row of the statement as the rules take it."""
    id, code, source, source_kind, target, target_kind, start, end, role, property_codes, property_values, within = row
    return Instance(
        id=RelationshipId(id),
        own=code == type.code,
        source=PartyId(source),
        source_kind=PartyKind(source_kind),
        target=PartyId(target),
        target_kind=PartyKind(target_kind),
        period=periods.of(start, end),
        role=role,
        properties=unpacked(property_codes, property_values),
        within_household=within,
    )


async def at_ends(
    graph: Graph, type: RelationshipType, end: str, limit: int
) -> AsyncIterator[list[tuple[RelationshipId, Period]]]:
    """The relationships of each party that has more of a type than a limit at one end ("source" or "target").

    Those of a symmetric type count at both.
    """
    sides = {"source": type.symmetric or end == "source", "target": type.symmetric or end == "target"}
    (found,) = await graph.rows("misfits/ends", edge=type.edge, type=type.code, limit=limit, **sides)
    periods = Periods()
    for start in range(0, len(found["ids"]), ENDS):
        ids = found["ids"][start : start + ENDS]
        for row in await graph.rows("misfits/periods", ids=ids, type=type.code, **sides):
            yield [(RelationshipId(id), periods.of(*dates)) for id, *dates in row["relationships"]]


async def held(graph: Graph, code: str) -> AsyncIterator[list[Held]]:
    """Pages of all relationships that carry a responsibility."""
    for edge in sorted(EDGES[category] for category in ANSWERABLE):
        periods, after = Periods(), ""
        while True:
            (page,) = await graph.rows("misfits/held", edge=edge, code=code, after=after, size=PAGE)
            if page["last"] is None:
                break
            yield [as_held(periods, *row) for row in page["relationships"]]
            after = page["last"]


def as_held(
    periods: Periods, id: str, holder_kind: str, subject: str, subject_kind: str, start: str | None, end: str | None
) -> Held:
    """A row of the statement as the rules take it."""
    period = periods.of(start, end)
    return Held(RelationshipId(id), PartyKind(holder_kind), PartyId(subject), PartyKind(subject_kind), period)
