"""Relationships made within a household: when they hold, and when they are over (SPEC 3.1, 4.2).

Such a one holds only while both its ends are members. What is compared by reads are therefore not the days of its own
dates but these: from its first day, or later where an end was not a member then, until the first leaving.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from domain.ids import PartyId, RelationshipId
from domain.partial_dates import Period


@dataclass(frozen=True)
class Within:
    """A relationship's place in a household: both ends are members from `first` until `until`, None: open."""

    household: PartyId
    first: date
    until: date | None

    def last_day(self, period: Period) -> date | None:
        """The day from which a relationship of this period does not hold any more, None: open."""
        own = period.end.latest if period.end else None
        return min((day for day in (own, self.until) if day), default=None)

    def is_over(self, today: date) -> bool:
        """Whether an end has left; then the relationship is deleted."""
        return self.until is not None and self.until <= today


class Stay(NamedTuple):
    """Days on which somebody is a member without a break; `until` is the day after the last."""

    first: date
    until: date


def stays(rows: Iterable[Period]) -> list[Stay]:
    """The unbroken stays that rows of a membership are, in order.

    Rows that touch are one: changing a role closes a row and opens another on the same day.
    """
    spans = sorted(
        Stay((row.start.earliest if row.start else None) or date.min, (row.end.latest if row.end else None) or date.max)
        for row in rows
    )
    found: list[Stay] = []
    for span in spans:
        if span.first >= span.until:
            continue
        if found and span.first <= found[-1].until:
            found[-1] = Stay(found[-1].first, max(found[-1].until, span.until))
        else:
            found.append(span)
    return found


@dataclass(frozen=True)
class Membership:
    """A membership of a household; `id` is its relationship's."""

    id: RelationshipId
    member: PartyId
    household: PartyId
    period: Period


class Places:
    """Who is a member of which household when, as of a day."""

    def __init__(self, today: date, rows: Iterable[Membership] = ()) -> None:
        self.today = today
        self.at: defaultdict[tuple[PartyId, PartyId], list[Period]] = defaultdict(list)
        self.rows: list[Membership] = []
        for row in rows:
            self.add(row)

    def add(self, row: Membership) -> None:
        """One more."""
        self.rows.append(row)
        self.at[row.member, row.household].append(row.period)

    def but(self, ids: Collection[RelationshipId] = ()) -> "Places":
        """The same without some rows, to be added to."""
        return Places(self.today, (row for row in self.rows if row.id not in ids))

    def ended(self, id: RelationshipId, period: Period) -> "Places":
        """The same with another period of one row."""
        return Places(self.today, (replace(row, period=period) if row.id == id else row for row in self.rows))

    def stay(self, member: PartyId, household: PartyId, first: date) -> Stay | None:
        """The stay that covers a day, else the next one after it."""
        return next((stay for stay in stays(self.at.get((member, household), ())) if stay.until > first), None)

    def within(self, household: PartyId, ends: Iterable[PartyId], first: date) -> Within | None:
        """The place of a relationship between members whose first day this is. None where an end has left, or is no
        member yet on that day or, if it is past, today: then the relationship is over.

        It rests on the stay of each end in which it was made, so whoever leaves and comes back doesn't bring it back.
        """
        found = [self.stay(end, household, first) for end in ends]
        sure = [stay for stay in found if stay and stay.first <= max(self.today, first) and stay.until > self.today]
        return self.spanning(household, sure, first) if len(sure) == len(found) else None

    def days(self, household: PartyId, ends: Iterable[PartyId], first: date) -> Within | None:
        """The same, whatever day it is: None where an end never is a member on the first day or later."""
        found = [self.stay(end, household, first) for end in ends]
        return self.spanning(household, [stay for stay in found if stay], first) if all(found) else None

    def spanning(self, household: PartyId, found: Iterable[Stay], first: date) -> Within:
        """The place between the latest beginning and the earliest end of some stays, not before a first day."""
        found = list(found)
        until = min(stay.until for stay in found)
        return Within(household, max(first, *(stay.first for stay in found)), None if until == date.max else until)


def first_day(period: Period, today: date) -> date:
    """The first day of a relationship made within a household: today where it has no start, since it holds from when
    it is made."""
    return (period.start.earliest if period.start else None) or today
