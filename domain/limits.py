"""How many relationships hold at a time (SPEC 3.3)."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from domain.partial_dates import Period


class Dated(Protocol):
    """What holds for a period."""

    @property
    def period(self) -> Period: ...


D = TypeVar("D", bound=Dated)


def crowded(period: Period, others: Sequence[D], limit: int) -> Sequence[D]:
    """Those that fill the limit on some day of the period, on the first such day; none if there is room on every day.

    Imprecise periods count on the days on which they must hold. How many hold grows only where one starts, so only
    first days are tried; on each, those that have started and not ended are counted by two searches, not one by one.
    """
    if len(others) < limit:
        return ()
    meeting = [other for other in others if other.period.overlaps(period)]
    if len(meeting) < limit:
        return ()
    starts = sorted(first_day(other.period) for other in meeting)
    ends = sorted(other.period.end.earliest or date.min for other in meeting if other.period.end)
    for day in sorted({first_day(period), *starts}):
        if bisect_right(starts, day) - bisect_right(ends, day) >= limit and period.surely_holds_on(day):
            return [other for other in meeting if other.period.surely_holds_on(day)]
    return ()


def first_day(period: Period) -> date:
    """The first day on which a period that overlaps another must hold; such a one has no open-ended start."""
    return (period.start.latest if period.start else None) or date.min
