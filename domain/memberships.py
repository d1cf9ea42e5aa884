"""Memberships that change on a day: their row is closed, and another opened on the same day (SPEC 4.1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.ids import RelationshipId
from domain.neighbours import Neighbours, marks
from domain.partial_dates import PartialDate, Period
from domain.refusals import InvalidValue, Refused, demand
from domain.relating import draft_period, wrong_marks, wrong_role
from domain.relationship_types import RelationshipType
from domain.relationships import NewRelationship, Relationship

MARKS = ("head", "primary")
"""What a household has one of at a time, and a consumer one of."""


@dataclass(frozen=True)
class Turn:
    """A membership that changes: its row before, and what becomes of that; one row that is changed in place, or the
    closed one and the one opened."""

    before: Relationship
    rows: tuple[Relationship, ...]

    @property
    def after(self) -> Relationship:
        """The row that holds from the day on."""
        return self.rows[-1]


def plan_change(
    current: Relationship,
    given: Mapping[str, Any],
    day: date,
    id: RelationshipId,
    marked: Sequence[Relationship],
    types: Mapping[str, RelationshipType],
) -> Turn:
    """A membership with another role, head or primary from a day on; a row that is opened gets the id.

    `marked` are the heads of its household and the primary places of its consumer. Nothing else is asked for: the rows
    together hold on the days on which the one held, so that there are no more duplicates, and no more at either end,
    than there were. Raises Refused.
    """
    type = types[current.type]
    turn = turned(current, given, day, id)
    changed = {name for name, value in given.items() if getattr(current, name) != value}
    refusals = wrong_role(turn.after.role, type) if "role" in changed else []
    refusals += wrong_marks(turn.after, type)
    if not refusals:
        others = [place for place in marked if place.id != current.id]
        refusals += Neighbours(types, others, [], []).second_ones(turn.after)
    demand(refusals)
    return turn


def turned(row: Relationship, given: Mapping[str, Any], day: date, id: RelationshipId) -> Turn:
    """A row with some of its fields changed from a day on, on which it holds or has not begun.

    One that starts that day or later is changed itself, since what was left of it would never have held.
    """
    after, end = replace(row, **given), row.period.end
    if after == row or first_day(row.period) >= day:
        return Turn(row, (after,))
    at = PartialDate.parse(day.isoformat())
    closed = replace(row, period=Period(row.period.start, at))
    return Turn(row, (closed, replace(after, id=id, period=Period(at, end), version=1)))


def wanted(draft: NewRelationship, id: RelationshipId) -> Relationship:
    """The place that a draft asks for, as far as it tells who has to make way for it."""
    return Relationship(
        id=id,
        type=draft.type,
        source=draft.source,
        target=draft.target,
        period=draft_period(draft),
        head=draft.head,
        primary=bool(draft.primary),
    )


def rivals(place: Relationship, others: Iterable[Relationship], day: date) -> list[Relationship]:
    """Who is, on a day, what a place is to be: head of its household, or the primary one of its consumer.

    Whoever becomes so on a later day is in the way, but nobody to take over from.
    """
    sought = set(marks(place))
    return [row for row in others if row.id != place.id and row.period.holds_on(day) and sought & set(marks(row))]


def given_up(place: Relationship, rival: Relationship, day: date, id: RelationshipId) -> Turn:
    """The rival's row that gives up on a day what the place is to be."""
    return turned(rival, {mark: False for mark, _ in set(marks(place)) & set(marks(rival))}, day, id)


def first_day(period: Period) -> date:
    """The first day of a membership, the first that there is where it holds since ever."""
    return (period.start.earliest if period.start else None) or date.min


def day_of_change(period: Period, on: date | None, today: date) -> date:
    """The day on which a membership changes, today without one; one that starts later changes on its first day.

    Raises Refused where it is over, or does not hold on the day asked for.
    """
    first, until = first_day(period), period.end.latest if period.end else None
    if until is not None and until <= today:
        raise Refused(InvalidValue(path=("on",), reason=f"the membership is over since {until}"))
    day = on or max(today, first)
    if day < first:
        raise Refused(InvalidValue(path=("on",), reason=f"lies before the start, {first}"))
    if until is not None and day >= until:
        raise Refused(InvalidValue(path=("on",), reason=f"is not before the end, {until}"))
    return day
