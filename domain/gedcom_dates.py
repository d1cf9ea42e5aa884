"""Dates of GEDCOM as EDTF text (SPEC 1.3); what has no place there is refused with a reason."""

import re
from datetime import date

from ged4py.calendar import CalendarDate, CalendarType, GregorianDate, JulianDate
from ged4py.date import (
    DateValue,
    DateValueAbout,
    DateValueAfter,
    DateValueBefore,
    DateValueCalculated,
    DateValueEstimated,
    DateValueFrom,
    DateValueInterpreted,
    DateValuePeriod,
    DateValuePhrase,
    DateValueRange,
    DateValueSimple,
    DateValueTo,
)

from domain.partial_dates import UNKNOWN, NotADate, PartialDate

JULIAN_DAY_OF_ORDINAL_0 = 1721424.5
LAST_MONTH_OF_DUAL_YEARS = 3
LONGEST = 200
IN_WORDS = "date phrase"
MONTHS = {name: f"{number:02}" for number, name in enumerate(GregorianDate.months(), start=1)}
PLAIN = re.compile(r"((?:ABT|CAL|EST) )?(?:(?:([0-9]{1,2}) )?([A-Za-z]{3}) )?([0-9]{1,4})")
CALENDARS = re.compile(r"\b(GREGORIAN|JULIAN|FRENCH_R|HEBREW)(?=\s)")


class NotTaken(ValueError):
    """Something in a file that Kith does not keep; `reason` is counted and told."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def plain(text: str) -> str | None:
    """The EDTF text of a date that is one as nearly all are: "5 MAR 1900", "MAR 1900", "1900", "ABT 1900".

    None where it is none; then `parsed` and `edtf` may make something of it. They would of this too, and the same, in
    three times as long.
    """
    found = PLAIN.fullmatch(text)
    if not found:
        return None
    about, day, name, year = found.groups()
    month = MONTHS.get(name.upper()) if name else None
    if name and not month:
        return None
    written = "-".join(filter(None, (year.zfill(4), month, day and day.zfill(2))))
    try:
        return PartialDate.parse(f"{written}~" if about else written).text
    except NotADate:
        return None


def parsed(text: str) -> DateValue:
    """The date of a DATE's text; a phrase where it is too long, or in a calendar that the library does not know.

    GEDCOM 7 names calendars and times before Christ in words of its own, which here become those of GEDCOM 5.5.
    """
    if len(text) > LONGEST:
        return DateValuePhrase(text)
    if "(" not in text:
        text = CALENDARS.sub(lambda name: f"@#D{name[1].replace('_', ' ')}@", text).replace("BCE", "B.C.")
    try:
        return DateValue.parse(text)
    except ValueError:
        return DateValuePhrase(text)


def edtf(value: DateValue) -> str:
    """The text of a date that `PartialDate.parse` accepts. Raises NotTaken.

    FROM and TO, which are for states that last, are read as the bounds within which an event lies: Kith's dates are
    days. Of an interpreted date the day is taken; its phrase is the caller's to count.
    """
    match value:
        case DateValueSimple() | DateValueInterpreted():
            text = interval(*ends(value.date))
        case DateValueAbout() | DateValueCalculated() | DateValueEstimated():
            text = interval(*(f"{end}~" for end in ends(value.date)))
        case DateValueBefore() | DateValueTo():
            text = interval(UNKNOWN, ends(value.date)[1])
        case DateValueAfter() | DateValueFrom():
            text = interval(ends(value.date)[0], UNKNOWN)
        case DateValueRange() | DateValuePeriod():
            text = interval(ends(value.date1)[0], ends(value.date2)[1])
        case _:
            raise NotTaken(IN_WORDS)
    try:
        return PartialDate.parse(text).text
    except NotADate as error:
        raise NotTaken(f"date that {error.reason}") from error


def interval(first: str, last: str) -> str:
    """The two ends of a date as one text."""
    return first if first == last else f"{first}/{last}"


def ends(found: CalendarDate) -> tuple[str, str]:
    """The first and the last that a single date can be, the same where there is but one. Raises NotTaken."""
    if found.bc:
        raise NotTaken("date before the year 1")
    if found.month is not None and found.month_num is None:
        raise NotTaken(IN_WORDS)
    if isinstance(found, JulianDate):
        return in_gregorian(found)
    if not isinstance(found, GregorianDate):
        raise NotTaken(f"date in the {calendar(found.calendar)} calendar")
    dual = found.dual_year
    if dual is None:
        return written(found.year, found), written(found.year, found)
    if dual == found.year + 1 and found.month_num and found.month_num <= LAST_MONTH_OF_DUAL_YEARS:
        return written(dual, found), written(dual, found)
    return written(found.year, found), written(dual, found)


def written(year: int, found: CalendarDate) -> str:
    """A date in a year, as exact as it is given.

    A dual year, "14 FEB 1731/32", tells that the year then began on 25 March: in January, February and March it is
    ours that counts, the later one. Where no month says so, both may be meant.
    """
    parts = [f"{year:04}", *(f"{part:02}" for part in (found.month_num, found.day) if part is not None)]
    return "-".join(parts)


def in_gregorian(found: JulianDate) -> tuple[str, str]:
    """The days of a Julian date in our calendar, which EDTF is in: a Julian month or year is from day to day."""
    month = found.months().index(found.month) if found.month else None
    first_of_month = JulianDate(found.year, found.months()[month or 0], 1)
    first, last = ordinal(first_of_month), ordinal(JulianDate(found.year, found.month))
    if found.day is not None:
        if not 1 <= found.day <= last - first + 1:
            raise NotTaken("date that has a day that its month does not have")
        first = last = first + found.day - 1
    if first < date.min.toordinal() or last > date.max.toordinal():
        raise NotTaken("date that has a year outside 1 to 9999")
    return date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()


def ordinal(found: JulianDate) -> int:
    """The number of the last day that a date can be, as Python counts days."""
    return int(found.key()[0] - JULIAN_DAY_OF_ORDINAL_0)


def calendar(kind: CalendarType) -> str:
    """A calendar's name for people."""
    return {CalendarType.HEBREW: "Hebrew", CalendarType.FRENCH_R: "French Republican"}.get(kind, kind.value)
