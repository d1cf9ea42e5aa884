"""Paths, as SPEC 9.5 plainly read has them: of each length all that there are, in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from domain.partial_dates import Period
from domain.paths import common
from domain.relationships import Relationship
from tests.domain.plain_paths import Edge, Plain, plain_order
from tests.schema.oracle.refusals import failed
from tests.schema.oracle.relationships import effective, holds

if TYPE_CHECKING:
    from tests.schema.oracle.plain import Object
    from tests.schema.oracle.plain import Plain as Oracle

MOST_PATHS, LONGEST, MOST_AVOIDED, MOST_COMPARED = 25, 12, 100, 100
CROWDED = "CROWDED"
"""Stands where more are equally long than are put in order: which of them are told is not promised."""


def paths(
    plain: Oracle,
    source: str,
    target: str,
    limit: int | None = 1,
    categories: Sequence[str] | None = None,
    types: Sequence[str] | None = None,
    avoiding: Sequence[str] | None = None,
    maxLength: int | None = LONGEST,
    asOf: str | None = None,
) -> Object:
    """The shortest paths between two parties; null means what leaving out does.

    Raises BAD_USER_INPUT for arguments that cannot be, NOT_FOUND for parties that are not there, and CROWDED.
    """
    most, longest = 1 if limit is None else limit, LONGEST if maxLength is None else maxLength
    avoided = set(avoiding or ())
    if not 1 <= most <= MOST_PATHS or not 1 <= longest <= LONGEST or len(avoiding or ()) > MOST_AVOIDED:
        raise failed("BAD_USER_INPUT")
    avoided = {id for id in avoided if plain.sees(id)}
    if not all(id in plain.world.parties and plain.sees(id) for id in (source, target)):
        raise failed("NOT_FOUND")
    ties = [
        r
        for r in plain.world.relationships.values()
        if followed(plain, r, categories, types) and (asOf is None or holds(r, "CURRENT", plain.day(asOf)))
    ]
    found = shortest([edge(r) for r in ties], source, target, most, longest, avoided)
    return {"paths": [shown(plain, parties, ids) for parties, ids in found], "truncated": None}


def followed(plain: Oracle, r: Relationship, categories: Sequence[str] | None, types: Sequence[str] | None) -> bool:
    """Whether paths go by a relationship; by those of teams only where it is asked for."""
    category = plain.world.types[r.type].category.value
    if categories is None and types is None:
        return category != "TEAM"
    return (categories is None or category in categories) and (types is None or r.type in types)


def edge(r: Relationship) -> Edge:
    start, end = effective(r).start, effective(r).end
    return Edge(r.id, r.source, r.target, start.text if start else None, end.text if end else None)


def shown(plain: Oracle, parties: Sequence[str], ids: Sequence[str]) -> Object:
    """A path, and when all its relationships hold."""
    period: Period = common([effective(plain.world.relationships[id]) for id in ids])
    if not all(map(plain.sees, parties)):
        period = Period(None, None)
    return {
        "length": len(ids),
        "parties": [plain.party(id) for id in parties],
        "relationships": [plain.relationship(id) for id in ids],
        "validFrom": period.start and period.start.text,
        "validTo": period.end and period.end.text,
    }


def shortest(
    edges: Sequence[Edge], source: str, target: str, most: int, longest: int, avoided: Collection[str]
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The first of all paths, as parties and relationships. Raises CROWDED."""
    near: dict[str, list[Edge]] = {}
    for edge in edges:
        for end in (edge.one, edge.another):
            near.setdefault(end, []).append(edge)
    found: list[Plain] = []
    for length in range(longest + 1):
        if len(found) < most and not {source, target} & set(avoided):
            these = list(islice(onward(near, (source,), (), target, length, avoided), MOST_COMPARED + 1))
            if len(these) > MOST_COMPARED:
                raise failed(CROWDED)
            found += these
    return plain_order(iter(found))[:most]


def onward(
    near: Mapping[str, Sequence[Edge]],
    parties: tuple[str, ...],
    taken: tuple[Edge, ...],
    target: str,
    left: int,
    avoided: Collection[str],
) -> Iterator[Plain]:
    """All paths that begin like this and go on by so many relationships; it only goes where one can follow."""
    if parties[-1] == target:
        if left == 0:
            yield parties, taken
        return
    hops = hops_to(near, target, {*parties, *avoided})
    for edge in near.get(parties[-1], ()):
        other = edge.other(parties[-1])
        if hops.get(other, left) < left:
            yield from onward(near, (*parties, other), (*taken, edge), target, left - 1, avoided)


def hops_to(near: Mapping[str, Sequence[Edge]], target: str, without: Collection[str]) -> dict[str, int]:
    """How far parties are from the target, past none of some."""
    hops, waiting = {target: 0}, deque([target])
    while waiting:
        party = waiting.popleft()
        for other in (edge.other(party) for edge in near.get(party, ())):
            if other not in hops and other not in without:
                hops[other] = hops[party] + 1
                waiting.append(other)
    return hops
