"""Dates known only in part, and the periods between them (SPEC 1.3, 3.1, 3.2).

The notation is EDTF's, levels 0 and 1. It is read here, by one pattern, rather than by the library `edtf`: that takes
2 to 10 milliseconds a date, seconds on crafted text, and lets 29 February 1823 pass. The tests hold the two together.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Self

LONGEST = 2 * len("1823-05-17~") + len("/")
UNKNOWN = ".."
SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
FIRST_MONTH = {"21": 3, "22": 6, "23": 9, "24": 12}
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MARKS = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}
POINT = re.compile(
    r"""
    (?P<year> [0-9]{4})
    (?: -(?P<season> 2[1-4])
      | (?: -XX (?:-XX)? | -(?P<month> [0-9]{2}) (?: -XX | -(?P<day> [0-9]{2}))? )? (?P<mark> [~?%]?))
    | (?P<years> [0-9]{3}X | [0-9]{2}XX) (?P<years_mark> [~?%]?)
    """,
    re.VERBOSE,
)
INFINITY = float("inf")


class NotADate(ValueError):
    """A text that is no date for us; `reason` goes on from "the date ..." and repeats nothing of the text."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class PartialDate:
    """A date as given, with the first and the last day it can mean; None: unbounded on that side.

    "about", "perhaps" and both ("~", "?", "%") leave the days as they are: how wide "about 1823" is nobody has said,
    and a rule that rested on a width of our own could not be explained to whoever is refused by it.
    """

    text: str
    earliest: date | None
    latest: date | None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads a date, or an interval in which it lies; raises NotADate.

        Spaces around are dropped, all else is kept as given. Of intervals, an end is a date without X, or ".."; the
        empty end of EDTF ("1823/": unknown) is refused, since for a single date it could only say what ".." says, and
        one meaning has one spelling. Years go from 1 to 9999.
        """
        text = text.strip(" ")
        if len(text) > LONGEST:
            raise NotADate(f"has more than {LONGEST} characters")
        start, slash, end = text.partition("/")
        if not slash:
            earliest, latest = days(read(text))
            return cls(text, earliest, latest)
        if not start or not end:
            raise NotADate('has an empty end of an interval; write ".." for an open one')
        if start == end == UNKNOWN:
            raise NotADate("says nothing; leave it out")
        if "X" in text:
            raise NotADate("has an X within an interval, which is level 2 of EDTF")
        first = None if start == UNKNOWN else days(read(start))[0]
        last = None if end == UNKNOWN else days(read(end))[1]
        if first and last and last < first:
            raise NotADate("ends before it starts")
        return cls(text, first, last)

    @property
    def exact_day(self) -> date | None:
        """The one day it means, None where it is imprecise or marked as uncertain."""
        return self.earliest if self.earliest == self.latest and not set(self.text) & set(MARKS) else None

    @property
    def in_words(self) -> str:
        """For people: "17 May 1823", "about 1823", "before 1823", "between 1823 and perhaps 1825"."""
        start, slash, end = self.text.partition("/")
        if not slash:
            return words(start)
        if start == UNKNOWN:
            return one_sided("before", words(end))
        if end == UNKNOWN:
            return one_sided("after", words(start))
        return words(start) if start == end else f"between {words(start)} and {words(end)}"


def in_words(text: str | None) -> str | None:
    """A date as it is stored, in words; None for none."""
    return None if text is None else PartialDate.parse(text).in_words


def read(text: str) -> re.Match[str]:
    """The parts of a single date; raises NotADate with the likeliest reason."""
    if found := POINT.fullmatch(text):
        return found
    if "T" in text or ":" in text:
        raise NotADate("has a time of day, which is not kept")
    if text.startswith(("-", "Y")) or re.match(r"[0-9]{5}(-|$)", text):
        raise NotADate("has a year outside 1 to 9999")
    raise NotADate('is not written as "1823-05-17", "1823-05", "1823", "182X", "1823~", "../1823" or the like')


def days(found: re.Match[str]) -> tuple[date, date]:
    """The first and the last day that a date as read can mean; raises NotADate where the calendar has none.

    A season is that of the north, and winter goes on into the next year: "1823-24" ends on 29 February 1824.
    """
    years = found["year"] or found["years"]
    from_year, to_year = int(years.replace("X", "0")), int(years.replace("X", "9"))
    if from_year < date.min.year:
        raise NotADate("has a year outside 1 to 9999")
    if found["season"]:
        month = FIRST_MONTH[found["season"]]
        return date(from_year, month, 1), last_of(from_year, month + 2)
    if found["month"] is None:
        return date(from_year, 1, 1), date(to_year, 12, 31)
    month = int(found["month"])
    if not 1 <= month <= 12:
        raise NotADate("has no such month (21 to 24 are seasons, without ~, ? or %)")
    if found["day"] is None:
        return date(from_year, month, 1), last_of(from_year, month)
    try:
        day = date(from_year, month, int(found["day"]))
    except ValueError:
        raise NotADate(f"has a day that {MONTHS[month - 1]} {from_year} does not have") from None
    return day, day


def last_of(year: int, month: int) -> date:
    """The last day of a month; months past the 12th are the next year's, within the calendar's end."""
    year, month = (year + 1, month - 12) if month > 12 else (year, month)
    return date.max if year > date.max.year else date(year, month, monthrange(year, month)[1])


def words(text: str) -> str:
    """A single date in words."""
    found = read(text)
    if years := found["years"]:
        return MARKS[found["years_mark"]] + span(years)
    year = str(int(found["year"]))
    if found["season"]:
        return f"{SEASONS[found['season']]} {year}"
    month = f"{MONTHS[int(found['month']) - 1]} " if found["month"] else ""
    day = f"{int(found['day'])} " if found["day"] else ""
    return f"{MARKS[found['mark']]}{day}{month}{year}"


def span(years: str) -> str:
    """A decade or century in words; the first decade of a century by its years, since "the 1800s" is the century."""
    first = int(years.replace("X", "0"))
    if years.endswith("XX") or first % 100:
        return f"the {first}s"
    return f"the years {first} to {first + 9}"


def one_sided(side: str, date_in_words: str) -> str:
    """Doubt goes before the side, not between: "perhaps before 1823"; nearness stays: "before about 1823"."""
    doubt = "perhaps " if date_in_words.startswith("perhaps ") else ""
    return f"{doubt}{side} {date_in_words.removeprefix('perhaps ')}"


@dataclass(frozen=True)
class Period:
    """The days from `start` until `end`, that day excluded; None: since ever, open."""

    start: PartialDate | None
    end: PartialDate | None

    def holds_on(self, day: date) -> bool:
        """Whether it may hold on that day: from the earliest day of its start until the latest day of its end."""
        first, until = self.widest
        return first <= day.toordinal() < until

    def surely_holds_on(self, day: date) -> bool:
        """Whether it must hold on that day, however its imprecise dates turn out."""
        first, until = self.narrowest
        return first <= day.toordinal() < until

    def overlaps(self, other: "Period") -> bool:
        """Whether there must be a day on which both hold, however the imprecise dates turn out.

        The least that each can be is from the latest day of its start until the earliest of its end, so a start like
        "1823/.." or an end like "../1823" never must.
        """
        return max(self.narrowest[0], other.narrowest[0]) < min(self.narrowest[1], other.narrowest[1])

    @property
    def ends_before_start(self) -> bool:
        """Whether it certainly ends before it starts, which is refused (3.5)."""
        first, until = self.widest
        return until < first

    @property
    def widest(self) -> tuple[float, float]:
        """Its first day and the day it is over, as ordinals, where every imprecise date is read in its favour."""
        return (
            self.start.earliest.toordinal() if self.start and self.start.earliest else -INFINITY,
            self.end.latest.toordinal() if self.end and self.end.latest else INFINITY,
        )

    @property
    def narrowest(self) -> tuple[float, float]:
        """The same with every imprecise date read against it."""
        start, end = self.start, self.end
        return (
            (start.latest.toordinal() if start.latest else INFINITY) if start else -INFINITY,
            (end.earliest.toordinal() if end.earliest else -INFINITY) if end else INFINITY,
        )
