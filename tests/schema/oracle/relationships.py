"""Relationships as the schema shows them, by themselves and from one side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from domain.partial_dates import PartialDate, Period, in_words
from domain.parties import Party
from domain.relationships import Relationship
from domain.search import search_words
from tests.schema.oracle.pages import Row, page

if TYPE_CHECKING:
    from tests.schema.oracle.plain import Object, Plain


def relationship(plain: Plain, stored: Relationship) -> Object:
    """A relationship, the same from whichever side."""
    start, end = stored.period.start, stored.period.end
    by, times = plain.world.stamps[stored.id].by, plain.stamp(stored.id)
    return {
        "__typename": "Relationship",
        "id": stored.id,
        "type": lambda info: plain.type(stored.type),
        "source": lambda info: plain.party(stored.source),
        "target": lambda info: plain.party(stored.target),
        "responsibility": stored.responsibility and plain.responsibility(stored.responsibility),
        "household": lambda info: plain.party(stored.household) if stored.household else None,
        "pedigree": stored.properties.get("pedigree"),
        "properties": [{"code": code, "value": value} for code, value in stored.properties.items()],
        "validFrom": start and start.text,
        "validFromInWords": in_words(start.text if start else None),
        "validTo": end and end.text,
        "validToInWords": in_words(end.text if end else None),
        "isCurrent": holds(stored, "CURRENT", plain.world.today),
        "note": stored.note,
        "version": times["version"],
        "createdAt": times["createdAt"],
        "createdBy": lambda info: plain.party(by) if by in plain.world.parties else None,
    }


def near(plain: Plain, stored: Relationship, id: str) -> Object:
    """A relationship as the party of this id sees it, for lists with pages (`node`) and without (`relationship`)."""
    outgoing, type = stored.source == id, plain.world.types[stored.type]
    return {
        "node": lambda info: plain.relationship(stored.id),
        "relationship": lambda info: plain.relationship(stored.id),
        "label": type.label if outgoing else type.reverse_label,
        "direction": seen_from(plain, stored, id),
        "party": lambda info: plain.party(stored.target if outgoing else stored.source),
    }


def seen_from(plain: Plain, stored: Relationship, id: str) -> str | None:
    """Its direction as the party of this id sees it, None where it has none."""
    if plain.world.types[stored.type].symmetric:
        return None
    return "OUTGOING" if stored.source == id else "INCOMING"


def holds(stored: Relationship, period: str | None, day: date) -> bool:
    """Whether a relationship is current, past, to come, or any, as of a day; it ends with the day before its end."""
    start, end = effective(stored).start, effective(stored).end
    match period:
        case "ALL":
            return True
        case "PAST":
            return end is not None and end.latest is not None and end.latest <= day
        case "FUTURE":
            return start is not None and start.earliest is not None and start.earliest > day
    return effective(stored).holds_on(day)


def effective(stored: Relationship) -> Period:
    """When it holds: one made within a household while both its ends are members, within its own dates."""
    if stored.within is None:
        return stored.period
    ends = [PartialDate.parse(day.isoformat()) for day in (stored.within.until,) if day]
    ends += [stored.period.end] if stored.period.end else []
    end = min(ends, key=lambda end: end.latest or date.max, default=None)
    return Period(PartialDate.parse(stored.within.first.isoformat()), end)


def first_day(stored: Relationship) -> str:
    """The first day on which it may hold; one that was always there sorts first."""
    start = effective(stored).start
    return start.earliest.isoformat() if start and start.earliest else ""


def of_party(
    plain: Plain,
    stored: Party,
    asOf: str | None = None,
    period: str | None = "CURRENT",
    types: Sequence[str] | None = None,
    categories: Sequence[str] | None = None,
    direction: str | None = None,
    responsibility: str | None = None,
    kinds: Sequence[str] | None = None,
    search: str | None = None,
    orderBy: str | None = None,
    **paging: Any,
) -> Object:
    """A page of the relationships of a party that are all of what is asked for."""
    rows: list[Row] = []
    for r in plain.world.relationships.values():
        if stored.id not in (r.source, r.target):
            continue
        far = plain.world.parties[r.target if r.source == stored.id else r.source]
        wanted = [
            holds(r, period, plain.day(asOf)),
            types is None or r.type in types,
            categories is None or plain.world.types[r.type].category.value in categories,
            direction is None or seen_from(plain, r, stored.id) == direction,
            responsibility is None or r.responsibility == responsibility,
            kinds is None or far.kind.name in kinds,
            search is None
            or (plain.sees(far.id) and all(word in plain.searched(far) for word in search_words(search))),
        ]
        if all(wanted):
            rows.append((place(plain, r, orderBy), near(plain, r, stored.id)))
    return page(plain.cursors, "relationships", rows, **paging)


def place(plain: Plain, r: Relationship, order: str | None) -> tuple[str, ...]:
    """What a list is ordered by: of its type unless told, then the first day, then the id."""
    day = plain.first_day(r, pages=True)
    match order:
        case "VALID_FROM":
            return "", day, r.id
        case "CREATED_AT":
            return plain.world.stamps[r.id].at.isoformat(timespec="microseconds"), day, r.id
    return r.type, day, r.id
