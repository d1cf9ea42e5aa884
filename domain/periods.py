"""The period of a relationship: read from what a client gives, and ended (SPEC 3.1, 3.2, 3.6)."""

from datetime import date

from domain.fields import date as partial_date
from domain.partial_dates import PartialDate, Period
from domain.refusals import EndBeforeStart, InvalidValue, Refusal, Refused
from domain.relationship_types import IMPRECISE, Category
from domain.values import Invalid


def checked_period(
    valid_from: str | None, valid_to: str | None, category: Category
) -> tuple[Period | None, list[Refusal]]:
    """The period and what is wrong with it, None where anything is; days may be imprecise for ties of family only."""
    refusals: list[Refusal] = []

    def day(text: str | None, place: str) -> PartialDate | None:
        try:
            found = None if text is None else partial_date(text)
            if found and category not in IMPRECISE and found.exact_day is None:
                raise Invalid("must be a full date")
        except Invalid as error:
            refusals.append(InvalidValue(path=(place,), reason=error.reason))
            return None
        return found

    period = Period(day(valid_from, "validFrom"), day(valid_to, "validTo"))
    if period.ends_before_start:
        refusals.append(EndBeforeStart(path=("validTo",)))
    return (None if refusals else period), refusals


def readable_period(valid_from: str | None, valid_to: str | None) -> Period:
    """The period, for reading what it may meet before it is checked: a date that cannot be read is no bound."""

    def day(text: str | None) -> PartialDate | None:
        try:
            return None if text is None else partial_date(text)
        except Invalid:
            return None

    return Period(day(valid_from), day(valid_to))


def ended(period: Period, on: date | None, today: date) -> Period:
    """The period ended on a day, today without one.

    Ending never makes it last longer, so that no rule need be asked; one that is over stays as it is. One that starts
    later ends on its first day, and never holds. Raises Refused where the day lies before the start, or after an end
    that it already has.
    """
    start, end = period.start, period.end
    day = on or max(today, (start.earliest if start else None) or today)
    shorter = Period(start, PartialDate.parse(day.isoformat()))
    if shorter.ends_before_start:
        raise Refused(EndBeforeStart(path=("on",)))
    if end and end.latest and end.latest <= day:
        if on is None or end.latest == day:
            return period
        raise Refused(InvalidValue(path=("on",), reason=f"lies after the end it has already, {end.text}"))
    return shorter
