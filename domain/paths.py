"""Paths between two parties (SPEC 9.5): what can be asked for, and when a path holds."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from domain.ids import PartyId
from domain.partial_dates import PartialDate, Period
from domain.refusals import InvalidValue, Refusal
from domain.relationship_types import Category

MOST_PATHS, LONGEST, MOST_AVOIDED = 25, 12, 100
EXCEPT_TEAM = tuple(category for category in Category if category is not Category.TEAM)

Chain = tuple[str, ...]
"""Parties, one after the other, no two the same."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What paths are wanted: at most `limit`, of at most `longest` relationships, past none of the parties `avoiding`.

    They go by relationships of some categories and types, None: of all; and those that hold on a day, None: or ever did
    or will.
    """

    source: PartyId
    target: PartyId
    limit: int = 1
    longest: int = LONGEST
    avoiding: Collection[str] = ()
    categories: Collection[Category] | None = None
    types: Collection[str] | None = None
    as_of: date | None = None

    def wrong(self) -> list[Refusal]:
        """What of it cannot be."""
        found: list[Refusal] = []
        if not 1 <= self.limit <= MOST_PATHS:
            found.append(InvalidValue(path=("limit",), reason=f"must be 1 to {MOST_PATHS}"))
        if not 1 <= self.longest <= LONGEST:
            found.append(InvalidValue(path=("maxLength",), reason=f"must be 1 to {LONGEST}"))
        if len(self.avoiding) > MOST_AVOIDED:
            found.append(InvalidValue(path=("avoiding",), reason=f"must be at most {MOST_AVOIDED}"))
        return found

    @property
    def followed(self) -> tuple[Category, ...]:
        """The categories whose relationships are followed.

        Staff who serve many would make everybody related to everybody, so TEAM counts only where it is asked for, be it
        by a type of it.
        """
        if self.categories is None:
            return EXCEPT_TEAM if self.types is None else tuple(Category)
        return tuple(category for category in Category if category in self.categories)


@dataclass(frozen=True)
class Step:
    """A relationship that leads from one party of a path to the next; its dates as stored."""

    relationship: str
    valid_from: str | None
    valid_to: str | None

    @property
    def period(self) -> Period:
        start, end = (None if text is None else PartialDate.parse(text) for text in (self.valid_from, self.valid_to))
        return Period(start, end)


@dataclass(frozen=True)
class Path:
    """`period` is when all its relationships hold, as far as that is known; where it ends before it starts, never."""

    parties: Chain
    relationships: tuple[str, ...]
    period: Period


def common(periods: Sequence[Period]) -> Period:
    """When all of some periods hold: from the latest of their starts until the earliest of their ends.

    It may hold on a day exactly if each of them may; where it ends before it starts there is no such day.
    """
    return Period(
        latest([period.start for period in periods if period.start]),
        earliest([period.end for period in periods if period.end]),
    )


def latest(dates: Sequence[PartialDate]) -> PartialDate | None:
    """The latest of some dates, None of none; where nobody can tell which it is, the interval in which it lies."""
    if not dates:
        return None
    return between(dates, max(map(first, dates)), max(map(last, dates)))


def earliest(dates: Sequence[PartialDate]) -> PartialDate | None:
    """The earliest of some dates, None of none; where nobody can tell which it is, the interval in which it lies."""
    if not dates:
        return None
    return between(dates, min(map(first, dates)), min(map(last, dates)))


def between(dates: Sequence[PartialDate], start: date, end: date) -> PartialDate:
    """What lies between two days: the shortest of the dates that say just this, else an interval."""
    same = [one for one in dates if (first(one), last(one)) == (start, end)]
    if same:
        return min(same, key=lambda one: (len(one.text), one.text))
    bounds = (
        ".." if start == date.min else start.isoformat(),
        ".." if end == date.max else end.isoformat(),
    )
    return PartialDate.parse("/".join(bounds))


def first(one: PartialDate) -> date:
    return one.earliest or date.min


def last(one: PartialDate) -> date:
    return one.latest or date.max
